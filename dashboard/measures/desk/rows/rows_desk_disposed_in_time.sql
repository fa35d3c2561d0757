-- Every case of the window by its clock: disposed of in time, breached, or still open; what ended otherwise has none.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions,
  clocks.due_at, closed_at,
  CASE
    -- The clock of a pause that is not over stands where it began, and its due time holds the pause where its end is known.
    WHEN status IN ('open', 'paused') THEN CASE
      WHEN clocks.due_at <= CASE
        WHEN paused_since IS NULL OR paused_until <= $now THEN $now ELSE coalesce(paused_until, paused_since) END
      THEN 'breached' ELSE 'open' END
    -- Of the past, no record of work tells how long these took.
    WHEN status <> 'closed' OR closed_by = 'Watchfloor' THEN 'ended'
    WHEN ended_in_time THEN 'met'
    ELSE 'breached'
  END AS clock,
  (clock = 'met')::INTEGER AS counted, (clock IN ('met', 'breached'))::INTEGER AS of_all
FROM desk_cases
JOIN desk_timed AS clocks USING (case_id)
WHERE opened_at >= $starts AND opened_at < $ends
