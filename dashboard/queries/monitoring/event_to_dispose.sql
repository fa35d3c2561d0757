-- The account and time of one event.
SELECT account_id, occurred_at
FROM scored
WHERE event_id = $event
