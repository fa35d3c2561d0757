-- Whose every event is, by the event's id: the way to an event of which only the id is known.
CREATE OR REPLACE TABLE event_accounts AS
SELECT event_id, account_id
FROM scored
ORDER BY event_id
