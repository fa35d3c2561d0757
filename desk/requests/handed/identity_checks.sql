-- Identity checks of the accounts in the period that is handed over, without what the program thinks of them.
SELECT account_id, event_id, occurred_at, purpose, vendor_outcome, device_id, ip, user_agent
FROM liveness_checks
WHERE account_id IN (SELECT unnest($accounts))
  AND ($since IS NULL OR occurred_at >= $since) AND occurred_at < $until
ORDER BY account_id, occurred_at, event_id
