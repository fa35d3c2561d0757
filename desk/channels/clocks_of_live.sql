-- How the clock of every live case stands at a moment; a paused one as if it went on then.
CREATE OR REPLACE MACRO desk_clocks_at(moment) AS TABLE
SELECT
  case_id, first_due_at, first_minutes, due_at, minutes, counts,
  clock_state(time_left, minutes, is_paused) AS state,
  CAST(floor(time_left / 60000000.0) AS BIGINT) AS minutes_left,
  CASE WHEN first_look_at IS NULL THEN clock_state(first_left, first_minutes, is_paused) END AS first_state,
  CASE WHEN first_look_at IS NULL THEN CAST(floor(first_left / 60000000.0) AS BIGINT) END AS first_minutes_left
FROM desk_clock_rows(CAST(moment AS TIMESTAMP), true)
