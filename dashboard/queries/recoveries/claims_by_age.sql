-- Open claims by how long they have been open.
SELECT
  CASE
    WHEN days < 7 THEN 'week' WHEN days < 14 THEN 'fortnight' WHEN days < 28 THEN 'month'
    WHEN days < 90 THEN 'quarter' ELSE 'older'
  END AS age,
  count(*) AS claims, sum(amount) AS amount
FROM (
  SELECT date_diff('minute', claimed_at, $now) / 1440.0 AS days, amount
  FROM desk_claims
  WHERE ended_at IS NULL AND ($region IS NULL OR region = $region)
)
GROUP BY age
ORDER BY min(days)
