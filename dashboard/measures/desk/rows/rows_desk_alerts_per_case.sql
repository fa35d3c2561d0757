-- Every case that was opened in the window, with the alerts it holds; one that went on in another is no case of its own.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions, status,
  alerts AS counted, (status <> 'merged')::INTEGER AS of_all
FROM desk_cases
WHERE opened_at >= $starts AND opened_at < $ends
