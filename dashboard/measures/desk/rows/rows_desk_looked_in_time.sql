-- Every case of the window by the clock of its first look: met, breached, or still open; one that ended before it was due has none.
SELECT opened_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions,
  clocks.first_due_at AS due_at, first_look_at,
  CASE
    WHEN first_look_at IS NOT NULL THEN CASE WHEN looked_in_time THEN 'met' ELSE 'breached' END
    WHEN status IN ('open', 'paused') THEN CASE WHEN $now >= clocks.first_due_at THEN 'breached' ELSE 'open' END
    WHEN status = 'lapsed' AND closed_at >= clocks.first_due_at THEN 'breached'
    ELSE 'ended'
  END AS clock,
  (clock = 'met')::INTEGER AS counted, (clock IN ('met', 'breached'))::INTEGER AS of_all
FROM desk_cases JOIN desk_timed AS clocks USING (case_id)
WHERE opened_at >= $starts AND opened_at < $ends
