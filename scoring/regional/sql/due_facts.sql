-- Of each area: its last retraining, how many cases were known then, and how many are known at $now.
WITH last AS (
  SELECT area, max(as_of) AS as_of FROM retrainings GROUP BY area
),
cases AS (
  SELECT DISTINCT coalesce(areas.area, spine.region) AS area, spine.event_id, labels.known_at
  FROM labels
  JOIN spine USING (event_id)
  LEFT JOIN areas ON areas.country = spine.country
  WHERE labels.outcome = 'confirmed' AND spine.stream <> 'liveness' AND labels.known_at <= $now
)
SELECT
  cases.area,
  last.as_of,
  count(*) FILTER (cases.known_at <= last.as_of) AS cases_then,
  count(*) AS cases_now
FROM cases
LEFT JOIN last USING (area)
GROUP BY ALL
ORDER BY ALL
