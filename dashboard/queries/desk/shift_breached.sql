-- The cases of a channel whose time ran out in a shift, ended since or still open, the first on top.
SELECT case_id, kind, severity, opened_at, clocks.due_at, present.minutes_left, expected_loss,
  coalesce(CASE WHEN lease_until > $wall THEN holder END, assignee, closed_by) AS who, status, closed_at, paused_until
FROM desk_cases AS cases
JOIN desk_timed AS clocks USING (case_id)
LEFT JOIN desk_clocks_at($now) AS present USING (case_id)
WHERE channel = $channel AND clocks.due_at >= $starts AND clocks.due_at < least($ends, $now)
  AND status NOT IN ('merged', 'withdrawn')
  AND CASE WHEN status IN ('open', 'paused') THEN present.minutes_left < 0 ELSE NOT ended_in_time END
ORDER BY clocks.due_at, case_id
