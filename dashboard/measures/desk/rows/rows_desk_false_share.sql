-- Every disposition in the window with its alerts, those of false positives counted, inconclusive ones in the whole.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, actor AS analyst, regions, outcome,
  CASE WHEN outcome = 'false_positive' THEN alerts ELSE 0 END AS counted, alerts AS of_all
FROM desk_steps
WHERE action = 'disposed' AND done_at >= $starts AND done_at < $ends
