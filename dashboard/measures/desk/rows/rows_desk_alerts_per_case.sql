-- Every case that was opened in the window, with the alerts it holds; those of a merged case are the other one's.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions, status,
  CASE WHEN status = 'merged' THEN 0 ELSE alerts END AS counted, (status <> 'merged')::INTEGER AS of_all
FROM desk_cases
WHERE opened_at >= $starts AND opened_at < $ends
