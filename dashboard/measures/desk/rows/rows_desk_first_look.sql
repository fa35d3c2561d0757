-- Every case that was first taken in the window, with the minutes since it was opened.
SELECT first_look_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions, opened_at,
  epoch(first_look_at - opened_at) / 60 AS counted
FROM desk_cases
WHERE first_look_at >= $starts AND first_look_at < $ends
