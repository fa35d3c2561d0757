-- Events of money and sign-ins from $since to $until with features, what is known and true of them, and what the desk said.
SELECT
  f.*,
  spine.account_id,
  CAST(scored.decision AS VARCHAR) AS decision,
  coalesce(truth.outcome = 'confirmed', false) AS is_known,
  world.event_id IS NOT NULL AS is_crime,
  desk.event_id IS NOT NULL AS is_desk
FROM fraud_features AS f
JOIN spine USING (event_key)
JOIN scored USING (event_key)
LEFT JOIN truth ON truth.event_id = f.event_id
LEFT JOIN read_parquet($truth) AS world ON world.event_id = f.event_id
LEFT JOIN (SELECT DISTINCT event_id FROM labels WHERE source = 'desk' AND known_at < $as_of) AS desk
  ON desk.event_id = f.event_id
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
  AND (($keeps_flagged AND (truth.outcome = 'confirmed' OR list_contains(['hold', 'block'], CAST(scored.decision AS VARCHAR))))
    OR md5_number_lower(f.event_id) % 1000000 < $keep_in_a_million)
ORDER BY spine.t, f.event_id
