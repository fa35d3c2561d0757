-- Movements of money and trades of the accounts in the period that is handed over.
SELECT account_id, event_id, occurred_at, kind, amount, asset, quantity, counterparty, status
FROM transactions
WHERE account_id IN (SELECT unnest($accounts))
  AND ($since IS NULL OR occurred_at >= $since) AND occurred_at < $until
ORDER BY account_id, occurred_at, event_id
