-- How many cases of each channel waited at the beginning of each hour, and how many were disposed of in it.
WITH hours AS (
  SELECT unnest(generate_series(date_trunc('hour', CAST($since AS TIMESTAMP)), CAST($now AS TIMESTAMP), INTERVAL 1 HOUR)) AS hour_at
), waiting AS (
  SELECT hour_at, channel, count(*) AS waiting
  FROM hours
  JOIN desk_cases ON opened_at <= hour_at AND coalesce(closed_at, TIMESTAMP '9999-01-01') > hour_at
  GROUP BY ALL
), ended AS (
  SELECT date_trunc('hour', closed_at) AS hour_at, channel, count(*) AS ended
  FROM desk_cases
  WHERE status = 'closed' AND closed_at >= $since AND closed_at < $now
  GROUP BY ALL
)
SELECT hour_at, channel, coalesce(waiting, 0) AS waiting, coalesce(ended, 0) AS ended
FROM waiting
FULL JOIN ended USING (hour_at, channel)
WHERE hour_at < $now
ORDER BY hour_at, channel
