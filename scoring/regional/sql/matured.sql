-- Every fraud event of $area from $since to $until with the champion's score and what is known of it, by event.
SELECT
  spine.event_key,
  -- Equal accounts have equal numbers.
  dense_rank() OVER (ORDER BY spine.account_id) AS account,
  spine.occurred_at,
  CAST(spine.amount AS DOUBLE) AS amount,
  coalesce(truth.outcome = 'confirmed', false) AS is_crime,
  coalesce(shadow.score, scored.score) AS champion
FROM spine
JOIN scored USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
LEFT JOIN truth ON truth.event_id = spine.event_id
LEFT JOIN (
  SELECT event_key, score FROM shadow_scores WHERE model_version IN (SELECT model_version FROM model_versions)
) AS shadow USING (event_key)
WHERE coalesce(areas.area, spine.region) = $area
  AND spine.stream <> 'liveness'
  AND spine.occurred_at >= $since AND spine.occurred_at < $until
  AND (
    shadow.score IS NOT NULL
    OR (scored.score IS NOT NULL AND scored.model_version IN (SELECT model_version FROM model_versions))
  )
ORDER BY spine.event_key
