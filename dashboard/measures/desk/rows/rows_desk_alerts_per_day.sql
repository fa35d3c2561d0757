-- Every disposition by a person in the window, with the alerts it answered and the working day it falls on, UTC.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, actor AS analyst, regions, outcome,
  alerts AS counted, actor || ' ' || done_at::DATE AS of_each
FROM desk_steps
WHERE action = 'disposed' AND role <> 'system' AND done_at >= $starts AND done_at < $ends
