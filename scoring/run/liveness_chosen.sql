-- The features of those fresh liveness events of $model_version that are to be explained.
SELECT
  f.*,
  spine.region,
  spine.occurred_at,
  fresh.threshold,
  fresh.decision,
  fresh.stage,
  chosen.is_sample
FROM chosen
JOIN fresh USING (event_key)
JOIN liveness_features AS f USING (event_key)
JOIN spine USING (event_key)
WHERE fresh.model_version = $model_version
