-- Every case that lapsed in the window: it ended without anybody saying what it was.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, NULL::VARCHAR AS analyst, regions, opened_at,
  1 AS counted
FROM desk_steps
WHERE action = 'lapsed' AND done_at >= $starts AND done_at < $ends
