-- The cases that were opened, first taken or ended in a window, with what measures need of them.
SELECT case_id, opened_at, first_look_at, closed_at, closed_by, status, outcome, merged_into, alerts, channel, kind, severity,
  paused_seconds, paused_since, paused_until,
  typology, regions
FROM main.desk_cases
WHERE (opened_at >= $starts AND opened_at < $ends) OR (first_look_at >= $starts AND first_look_at < $ends)
  OR (closed_at >= $starts AND closed_at < $ends)
