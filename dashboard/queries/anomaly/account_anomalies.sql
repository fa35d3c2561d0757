-- Every outgoing event of an account with how unusual it is, the newest first.
SELECT occurred_at, event_id, kind, score AS unusual, is_alert, sentence
FROM anomalies
WHERE account_id = $account_id
ORDER BY occurred_at DESC, event_id
