-- The open cases of a channel with their clocks, the one that is due first on top.
SELECT case_id, kind, severity, opened_at, clocks.due_at, clocks.minutes_left, clocks.state AS clock,
  expected_loss, CASE WHEN lease_until > $wall THEN holder ELSE assignee END AS who, status, paused_until
FROM desk_cases JOIN desk_clocks_at($now) AS clocks USING (case_id)
WHERE channel = $channel AND status IN ('open', 'paused')
  AND CASE $which
    WHEN 'soon' THEN clocks.state <> 'paused' AND clocks.due_at >= $now AND clocks.due_at < $now + INTERVAL 4 HOUR
    WHEN 'paused' THEN clocks.state = 'paused'
    ELSE true
  END
ORDER BY
  CASE WHEN $which = 'oldest' THEN opened_at END, CASE WHEN $which = 'most_to_lose' THEN -expected_loss END,
  CASE WHEN $which = 'paused' THEN paused_until END NULLS LAST, clocks.due_at, case_id
