-- What came into the accounts and went out of them by asset in the period that is handed over.
SELECT
  account_id,
  asset,
  sum(amount) FILTER (kind = 'deposit') AS deposited,
  sum(amount) FILTER (kind = 'withdrawal') AS withdrawn,
  sum(amount) FILTER (kind = 'internal_transfer') AS sent_within,
  count(*) AS movements,
  max(occurred_at) AS last_movement
FROM transactions
WHERE account_id IN (SELECT unnest($accounts)) AND ($since IS NULL OR occurred_at >= $since)
  AND occurred_at < $until AND coalesce(status, 'settled') = 'settled'
GROUP BY account_id, asset
ORDER BY account_id, asset
