-- The features of those fresh fraud events of $model_version that are to be explained.
SELECT
  f.*,
  -- Known to models of an area alone, and to those it is always so.
  1.0 AS event_in_area,
  spine.region,
  spine.occurred_at,
  fresh.threshold,
  fresh.decision,
  chosen.is_sample
FROM chosen
JOIN fresh USING (event_key)
JOIN fraud_features AS f USING (event_key)
JOIN spine USING (event_key)
WHERE fresh.model_version = $model_version
