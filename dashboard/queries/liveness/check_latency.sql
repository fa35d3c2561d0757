-- How long the pictures of honest checks took, milliseconds: the cheap stage alone, as it was decided, and always all.
WITH honest AS MATERIALIZED (
  SELECT fingerprint_ms AS cheap, media_ms AS whole, stage
  FROM check_facts
  WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
    AND is_ripe AND NOT is_attack AND fingerprint_ms IS NOT NULL AND media_ms IS NOT NULL
),
ways AS (
  SELECT 1 AS place, 'cheap stage only' AS way, cheap AS ms FROM honest
  UNION ALL
  SELECT 2, 'two stages', cheap + CASE WHEN stage = 'media' THEN whole ELSE 0 END FROM honest
  UNION ALL
  SELECT 3, 'always all media', cheap + whole FROM honest
)
SELECT way, count(*) AS checks, median(ms) AS p50, quantile_cont(ms, 0.95) AS p95, quantile_cont(ms, 0.99) AS p99
FROM ways
GROUP BY way, place
ORDER BY place
