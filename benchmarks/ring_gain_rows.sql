-- Every transaction and sign-in from $since to $until with its features, and what it was by the world's truth.
WITH third AS (
  SELECT ring_id, list_sort(list(occurred_at))[3] AS third_at
  FROM read_parquet($truth)
  GROUP BY ring_id
)
SELECT
  f.*,
  spine.account_id,
  truth.event_id IS NOT NULL AS is_crime,
  coalesce(list_contains($colluding, truth.typology) AND truth.occurred_at > third.third_at, false) AS is_late
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN read_parquet($truth) AS truth ON truth.event_id = f.event_id
LEFT JOIN third ON third.ring_id = truth.ring_id
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
ORDER BY spine.t, f.event_id
