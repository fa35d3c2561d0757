-- What is missing or odd in the labels, counted?
WITH events AS (
    SELECT event_id, account_id, occurred_at FROM transactions
    UNION ALL
    SELECT event_id, account_id, occurred_at FROM logins
    UNION ALL
    SELECT event_id, account_id, occurred_at FROM liveness_checks
),
watermark AS (SELECT max(occurred_at) AS last_event FROM events)
SELECT count(*) FILTER (outcome = 'confirmed') AS confirmed,
       count(*) FILTER (known_at IS NULL) AS without_known_at,
       count(*) FILTER (known_at > (SELECT last_event FROM watermark)) AS known_later,
       count(*) FILTER (known_at > $clock) AS known_in_future,
       count(*) FILTER (known_at < occurred_at) AS known_before,
       count(*) FILTER (event_id IS NOT NULL AND event_id NOT IN (SELECT event_id FROM events)) AS unknown_events,
       count(*) FILTER (event_id IS NULL AND account_id NOT IN (SELECT account_id FROM events)) AS unknown_accounts,
       count(*) AS labels
FROM labels
