-- How many cases of the window breached their service level, by weekday and hour of their channel's local time when they did.
SELECT isodow(local_time)::INTEGER AS weekday, hour(local_time)::INTEGER AS hour, count(*)::INTEGER AS cases
FROM (
  SELECT timezone(coalesce(zone, 'UTC'), timezone('UTC', clocks.due_at)) AS local_time
  FROM desk_cases AS cases
  JOIN desk_timed AS clocks USING (case_id)
  LEFT JOIN (SELECT channel, zone FROM desk_channels) AS channels ON channels.channel = cases.channel
  WHERE cases.opened_at >= $starts AND cases.opened_at < $ends AND status NOT IN ('merged', 'withdrawn')
    AND CASE
      WHEN status NOT IN ('open', 'paused') THEN NOT ended_in_time
      -- As in rows_desk_disposed_in_time.
      WHEN paused_since IS NULL OR paused_until <= $now THEN clocks.due_at <= $now
      ELSE clocks.due_at <= coalesce(paused_until, paused_since)
    END
    AND ($region IS NULL OR list_contains(regions, $region)) AND ($channel IS NULL OR cases.channel = $channel)
)
GROUP BY ALL
ORDER BY ALL
