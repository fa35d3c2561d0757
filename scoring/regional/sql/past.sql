-- Every case of fraud and one in $every innocent events from $since to $until, as often as selected, in time, with the area as its region.
SELECT
  f.*,
  spine.occurred_at,
  spine.account_id,
  coalesce(areas.area, spine.region) AS region,
  spine.kind,
  CAST(spine.amount AS DOUBLE) AS amount,
  truth.typology,
  coalesce(truth.outcome = 'confirmed', false) AS is_crime,
  -- A silent block is no row at all, an explored event several.
  unnest(range(coalesce(selection.copies, 1))) AS copy
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
LEFT JOIN truth ON truth.event_id = f.event_id
LEFT JOIN selection ON selection.event_id = f.event_id
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
  AND (truth.outcome = 'confirmed' OR md5_number_lower(f.event_id) % $every = 0)
ORDER BY spine.t, f.event_id, copy
