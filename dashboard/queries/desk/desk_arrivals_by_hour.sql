-- How many cases were opened in the window by weekday and hour of their channel's local time, daylight saving as it was.
SELECT isodow(local_time)::INTEGER AS weekday, hour(local_time)::INTEGER AS hour, count(*)::INTEGER AS cases
FROM (
  SELECT timezone(coalesce(zone, 'UTC'), timezone('UTC', opened_at)) AS local_time
  FROM desk_cases LEFT JOIN (SELECT channel, zone FROM desk_channels) USING (channel)
  WHERE opened_at >= $starts AND opened_at < $ends
    AND ($region IS NULL OR list_contains(regions, $region)) AND ($channel IS NULL OR channel = $channel)
)
GROUP BY ALL
ORDER BY ALL
