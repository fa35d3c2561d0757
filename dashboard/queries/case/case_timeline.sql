-- Everything the account of a case did by a moment, the newest first.
WITH own AS MATERIALIZED (SELECT * FROM scored WHERE account_id = $account_id AND occurred_at <= $until)
SELECT occurred_at, kind, outcome, amount::DOUBLE AS amount, counterparty, device_id, network_country, score, decision,
       sentence, event_id
FROM own
ORDER BY occurred_at DESC, event_id
