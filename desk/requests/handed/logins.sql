-- Attempts to sign in of the accounts in the period that is handed over.
SELECT account_id, event_id, occurred_at, kind, outcome, factor, device_id, ip, user_agent
FROM logins
WHERE account_id IN (SELECT unnest($accounts))
  AND ($since IS NULL OR occurred_at >= $since) AND occurred_at < $until
ORDER BY account_id, occurred_at, event_id
