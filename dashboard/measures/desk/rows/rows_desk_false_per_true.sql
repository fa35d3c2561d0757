-- Every disposition in the window that said crime or not, with its alerts among the false or the true ones.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, actor AS analyst, regions, outcome,
  CASE WHEN outcome = 'false_positive' THEN alerts ELSE 0 END AS counted,
  CASE WHEN outcome = 'confirmed' THEN alerts ELSE 0 END AS of_all
FROM desk_steps
WHERE action = 'disposed' AND outcome IN ('false_positive', 'confirmed') AND done_at >= $starts AND done_at < $ends
