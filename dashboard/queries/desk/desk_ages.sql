-- How many live cases are how old, by severity, at the product's now.
SELECT
  severity,
  CASE WHEN hours < 4 THEN 0 WHEN hours < 12 THEN 1 WHEN hours < 24 THEN 2 WHEN hours < 72 THEN 3 ELSE 4 END AS bucket,
  count(*)::INTEGER AS cases
FROM (
  SELECT severity, epoch($now - opened_at) / 3600 AS hours
  FROM desk_cases
  WHERE status IN ('open', 'paused')
    AND ($region IS NULL OR list_contains(regions, $region)) AND ($channel IS NULL OR channel = $channel)
)
GROUP BY ALL
ORDER BY ALL
