-- Every case that was opened in the window.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions, status, alerts,
  1 AS counted
FROM desk_cases
WHERE opened_at >= $starts AND opened_at < $ends
