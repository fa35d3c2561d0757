-- Every area with its transactions and sign-ins from $starts to $ends, what of them a person must look at, and what was asked or stopped.
SELECT
  coalesce(areas.area, daily.region) AS area,
  CAST(sum(events) FILTER (day >= $starts AND day < $ends) AS BIGINT) AS events,
  CAST(coalesce(sum(events) FILTER (day >= $starts AND day < $ends AND decision IN ('hold', 'block', 'freeze')), 0) AS BIGINT) AS alerts,
  CAST(coalesce(sum(events) FILTER (day >= $starts AND day < $ends AND decision <> 'allow'), 0) AS BIGINT) AS flagged
FROM daily
LEFT JOIN areas ON areas.country = daily.country
WHERE stream <> 'liveness'
GROUP BY ALL
ORDER BY alerts DESC, area
