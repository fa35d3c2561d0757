-- Everything an account did, newest first, with score, decision and strongest reason.
WITH own AS MATERIALIZED (SELECT * FROM scored WHERE account_id = $account_id)
SELECT occurred_at, stream, kind, outcome, amount::DOUBLE AS amount, asset, counterparty, device_id, ip, network_country,
       score, threshold, decision, sentence, is_explained, event_id
FROM own
ORDER BY occurred_at DESC, event_id
