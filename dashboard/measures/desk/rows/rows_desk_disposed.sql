-- Every disposition of a case in the window.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, actor AS analyst, regions, outcome, alerts,
  1 AS counted
FROM desk_steps
WHERE action = 'disposed' AND done_at >= $starts AND done_at < $ends
