-- The live cases of the channels asked for, how the clock of each stands, the one due first on top.
SELECT
  case_id, channel, kind, severity, state, minutes_left, due_at, level, coalesce(holder, assignee) AS person, expected_loss
FROM desk_clocks_at($now)
JOIN desk_cases USING (case_id)
WHERE list_contains($channels, channel) AND list_contains($states, state)
ORDER BY due_at, case_id
