-- Every fraud event from $since to $until whose account falls in the given buckets, with features and truth, as often as selected.
SELECT
  f.*,
  spine.occurred_at,
  spine.account_id,
  spine.region,
  spine.kind,
  CAST(spine.amount AS DOUBLE) AS amount,
  truth.typology,
  coalesce(truth.outcome = 'confirmed', false) AS is_crime,
  -- A silent block is no row at all, an explored event several.
  unnest(range(coalesce(selection.copies, 1))) AS copy
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN truth ON truth.event_id = f.event_id
LEFT JOIN selection ON selection.event_id = f.event_id
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
  AND md5_number_lower(spine.account_id) % 100 BETWEEN $first_bucket AND $last_bucket
  -- As many in a million as time and memory allow; where all crime is kept, calibration restores the rate.
  AND (($keeps_crime AND truth.outcome = 'confirmed') OR md5_number_lower(f.event_id) % 1000000 < $keep_in_a_million)
ORDER BY spine.t, f.event_id, copy
