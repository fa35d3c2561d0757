-- When every case is due or was, pauses added as far as their end is known, and whether that was kept.
CREATE OR REPLACE VIEW desk_clocks AS
SELECT
  case_id, first_due_at, first_minutes, due_at, minutes, counts,
  CASE WHEN first_look_at IS NOT NULL THEN first_look_at < first_due_at END AS looked_in_time,
  CASE WHEN status NOT IN ('open', 'paused') THEN closed_at < due_at END AS ended_in_time
FROM desk_clock_rows(CAST(NULL AS TIMESTAMP), false)
