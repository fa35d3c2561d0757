-- The events of an account that were not allowed, newest first, with the strongest reason.
WITH own AS MATERIALIZED (SELECT * FROM scored WHERE account_id = $account_id AND decision <> 'allow')
SELECT occurred_at, stream, kind, amount::DOUBLE AS amount, score, threshold, decision, reason, sentence, event_id
FROM own
ORDER BY occurred_at DESC, event_id
