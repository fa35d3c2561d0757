-- How many live cases each channel has, and how their clocks stand.
SELECT
  desk_channels.channel,
  count(case_id) AS live,
  count(case_id) FILTER (WHERE state = 'paused') AS paused,
  count(case_id) FILTER (WHERE state = 'at_risk') AS at_risk,
  count(case_id) FILTER (WHERE state = 'due_soon') AS due_soon,
  count(case_id) FILTER (WHERE state = 'breached') AS breached,
  count(case_id) FILTER (WHERE first_state = 'breached') AS unlooked
FROM desk_channels
LEFT JOIN (
  SELECT coalesce(named.channel, 'unknown') AS channel, case_id, state, first_state
  FROM desk_clocks_at($now)
  JOIN desk_cases USING (case_id)
  LEFT JOIN desk_channels AS named ON named.channel = desk_cases.channel
) AS live USING (channel)
GROUP BY desk_channels.channel, position
ORDER BY position
