-- Every case of the window by its clock: disposed of in time, breached, or still open; what ended otherwise in time has none.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions,
  clocks.due_at, closed_at,
  CASE
    WHEN status IN ('open', 'paused') THEN CASE WHEN present.minutes_left < 0 THEN 'breached' ELSE 'open' END
    WHEN status IN ('merged', 'withdrawn') THEN 'ended'
    WHEN NOT ended_in_time THEN 'breached'
    WHEN status = 'closed' AND closed_by <> 'Watchfloor' THEN 'met'
    ELSE 'ended'
  END AS clock,
  (clock = 'met')::INTEGER AS counted, (clock IN ('met', 'breached'))::INTEGER AS of_all
FROM desk_cases
JOIN desk_clocks AS clocks USING (case_id)
LEFT JOIN desk_clocks_at($now) AS present USING (case_id)
WHERE opened_at >= $starts AND opened_at < $ends
