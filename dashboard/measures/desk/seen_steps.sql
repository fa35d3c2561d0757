-- The steps of a window that measures count, with what they need of them.
SELECT case_id, version, done_at, actor, role, action, reason, details, channel, kind, severity, typology, regions,
  outcome, alerts, opened_at, paused_seconds, closed_by
FROM main.desk_steps
WHERE done_at >= $starts AND done_at < $ends AND action IN ('disposed', 'reopened', 'lapsed', 'reviewed')
