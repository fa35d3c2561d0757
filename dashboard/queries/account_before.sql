-- What an account did up to and including an event, the newest first.
WITH own AS MATERIALIZED (SELECT * FROM scored WHERE account_id = $account_id AND occurred_at <= $occurred_at)
SELECT occurred_at, kind, amount::DOUBLE AS amount, score, decision, event_id
FROM own
ORDER BY occurred_at DESC, event_id
