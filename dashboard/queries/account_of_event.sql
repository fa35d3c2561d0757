-- The account of an event that is known by its id alone.
SELECT account_id FROM scored WHERE event_id = $event_id LIMIT 1
