-- Every fraud event of $area from $since to $until with its features, the area as its region; truth is not asked.
SELECT
  f.*,
  1.0 AS event_in_area,
  spine.occurred_at,
  spine.account_id,
  coalesce(areas.area, spine.region) AS region,
  spine.kind,
  CAST(spine.amount AS DOUBLE) AS amount,
  CAST(NULL AS VARCHAR) AS typology,
  false AS is_crime
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
WHERE coalesce(areas.area, spine.region) = $area
  AND spine.occurred_at >= $since AND spine.occurred_at < $until
