-- How a clock stands that has so many microseconds left of so many minutes.
CREATE OR REPLACE MACRO clock_state(time_left, minutes, is_paused) AS CASE
  WHEN is_paused THEN 'paused'
  WHEN time_left IS NULL THEN NULL
  WHEN time_left <= 0 THEN 'breached'
  WHEN time_left < greatest(
    (SELECT due_soon_left FROM desk_thresholds) * (minutes * 60000000),
    least((SELECT due_soon_minutes FROM desk_thresholds) * 60000000, 0.5::DOUBLE * (minutes * 60000000))
  ) THEN 'due_soon'
  WHEN time_left <= (1 - (SELECT at_risk_used FROM desk_thresholds)) * (minutes * 60000000) THEN 'at_risk'
  ELSE 'on_track'
END
