-- Which cases needed somebody at an instant, when each was due, and when its clock ran on where it was paused.
SELECT
  case_id, desk_cases.channel, severity, opened_at, closed_at, due_at,
  CASE WHEN status = 'paused' AND paused_since <= $now THEN coalesce(paused_until, TIMESTAMP '9999-01-01') END AS runs_at
FROM desk_cases
JOIN desk_clocks USING (case_id)
WHERE opened_at <= $now
  AND CASE WHEN status IN ('open', 'paused') THEN true ELSE closed_at > $now END
ORDER BY case_id
