-- Every case of the window by its clock: disposed of in time, breached, or still open; what ended otherwise in time has none.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions,
  clocks.due_at, closed_at,
  CASE
    -- The clock of a pause that is not over stands where it began; its due time holds the pause where its end is known.
    WHEN status IN ('open', 'paused') THEN CASE
      WHEN clocks.due_at <= CASE
        WHEN paused_since IS NULL OR paused_until <= $now THEN $now ELSE coalesce(paused_until, paused_since) END
      THEN 'breached' ELSE 'open' END
    WHEN status IN ('merged', 'withdrawn') THEN 'ended'
    WHEN NOT ended_in_time THEN 'breached'
    WHEN status = 'closed' AND closed_by <> 'Watchfloor' THEN 'met'
    ELSE 'ended'
  END AS clock,
  (clock = 'met')::INTEGER AS counted, (clock IN ('met', 'breached'))::INTEGER AS of_all
FROM desk_cases
JOIN desk_timed AS clocks USING (case_id)
WHERE opened_at >= $starts AND opened_at < $ends
