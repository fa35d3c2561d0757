-- Every case that was opened in the window, set against the alerts it holds.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions, status,
  (status <> 'merged')::INTEGER AS counted, alerts AS of_all
FROM desk_cases
WHERE opened_at >= $starts AND opened_at < $ends
