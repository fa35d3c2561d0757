-- What an account did after an identity check, newest first: its own events, and what others sent to it.
WITH own AS MATERIALIZED (SELECT * FROM scored WHERE account_id = $account_id AND occurred_at > $occurred_at),
sent AS (SELECT * FROM scored WHERE counterparty = $account_id AND kind = 'internal_transfer' AND occurred_at > $occurred_at)
SELECT occurred_at, kind, amount::DOUBLE AS amount,
  CASE WHEN kind = 'deposit' THEN 'in' WHEN kind IN ('withdrawal', 'internal_transfer') THEN 'out' END AS way,
  outcome, counterparty, score, decision, sentence, account_id, event_id
FROM own
UNION ALL
SELECT occurred_at, kind, amount::DOUBLE, 'in', outcome, account_id, score, decision, sentence, account_id, event_id
FROM sent
ORDER BY occurred_at DESC, event_id
