-- How many second looks of each month agreed with the first, up to the end of the window.
SELECT date_trunc('month', done_at)::DATE AS month, count(*)::INTEGER AS looks,
  count(*) FILTER (WHERE details ->> '$.agrees' = 'true')::INTEGER AS agreed
FROM desk_steps
WHERE action = 'reviewed' AND done_at < $ends
  AND ($region IS NULL OR list_contains(regions, $region)) AND ($channel IS NULL OR channel = $channel)
GROUP BY ALL
ORDER BY ALL
