-- The time of the event of $streams that has $most newer ones before $until.
SELECT occurred_at
FROM spine
WHERE list_contains($streams, stream) AND occurred_at < $until
ORDER BY occurred_at DESC
LIMIT 1 OFFSET $most
