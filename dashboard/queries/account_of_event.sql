-- The account of an event that is known by its id alone.
SELECT account_id FROM event_accounts WHERE event_id = $event_id LIMIT 1
