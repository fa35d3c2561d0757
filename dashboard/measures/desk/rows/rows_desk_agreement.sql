-- Every second look in the window, those counted that agree with the first; the analyst is who looked first.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions, outcome, reason,
  (details ->> '$.agrees' = 'true')::INTEGER AS counted, 1 AS of_all
FROM desk_steps
WHERE action = 'reviewed' AND done_at >= $starts AND done_at < $ends
