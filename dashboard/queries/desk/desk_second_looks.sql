-- Closed cases that wait for a second look by another person than who closed them, the longest closed first.
SELECT closed_at, case_id, channel, kind, severity, outcome, typology, alerts, expected_loss::DOUBLE AS expected_loss
FROM desk_cases
WHERE status = 'closed' AND second_look AND closed_by <> $reviewer
  AND ($region IS NULL OR list_contains(regions, $region)) AND ($channel IS NULL OR channel = $channel)
ORDER BY closed_at, case_id
