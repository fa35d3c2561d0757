-- Every case that went on in another one, by the time it did.
SELECT closed_at AS counted_at, case_id, channel, kind, severity, typology, closed_by AS analyst, regions, merged_into,
  1 AS counted
FROM desk_cases
WHERE status = 'merged' AND closed_at >= $starts AND closed_at < $ends
