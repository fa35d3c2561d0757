-- Cases that were opened from $since to $until, with the minutes until somebody first looked; null where nobody did.
SELECT
  channel, kind, severity, opened_at,
  epoch(first_look_at - opened_at) / 60.0 AS waited
FROM desk_cases
WHERE opened_at >= $since AND opened_at < $until
  AND list_contains($kinds, kind)
  AND status <> 'merged'
ORDER BY opened_at, case_id
