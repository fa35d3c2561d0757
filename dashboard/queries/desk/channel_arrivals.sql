-- How many cases each channel was given in each hour of the week, its own time, by kind and severity.
SELECT
  channel, kind, severity,
  CAST(24 * (isodow(local_at(channel, opened_at)) - 1) + hour(local_at(channel, opened_at)) AS INTEGER) AS hour_of_week,
  count(*) AS cases
FROM desk_cases
WHERE opened_at >= $since AND opened_at < $now AND status <> 'merged'
GROUP BY ALL
ORDER BY ALL
