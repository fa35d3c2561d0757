-- Every event that a promoted model decided and no champion has a shadow score of, with its features.
SELECT f.*, spine.occurred_at
FROM fraud_features AS f
JOIN spine USING (event_key)
WHERE f.event_key IN (
    SELECT event_key FROM scored WHERE model_version IN (SELECT model_version FROM challengers)
  )
  AND f.event_key NOT IN (
    SELECT event_key FROM shadow_scores WHERE model_version IN (SELECT model_version FROM model_versions)
  )
