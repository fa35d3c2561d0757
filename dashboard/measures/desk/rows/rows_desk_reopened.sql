-- Every time in the window that a case was opened again after it had ended.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, actor AS analyst, regions, reason, 1 AS counted
FROM desk_steps
WHERE action = 'reopened' AND done_at >= $starts AND done_at < $ends
