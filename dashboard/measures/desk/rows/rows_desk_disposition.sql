-- Every disposition in the window, with the hours since the case was opened, without pauses and the time it was closed.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, actor AS analyst, regions, outcome, opened_at,
  (epoch(done_at - opened_at) - paused_seconds) / 3600 AS counted
FROM desk_steps
WHERE action = 'disposed' AND done_at >= $starts AND done_at < $ends
