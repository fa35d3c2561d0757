-- How many cases of a channel are open by severity, how many of them are paused, and past their time.
SELECT severity, count(*)::INTEGER AS cases, count(*) FILTER (WHERE clocks.state = 'paused')::INTEGER AS paused,
  count(*) FILTER (WHERE minutes_left < 0)::INTEGER AS breached
FROM desk_cases JOIN desk_clocks_at($now) AS clocks USING (case_id)
WHERE channel = $channel AND status IN ('open', 'paused')
GROUP BY severity
ORDER BY list_position(['critical', 'high', 'medium', 'low'], severity)
