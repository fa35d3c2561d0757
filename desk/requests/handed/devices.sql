-- Devices that the accounts were used from in the period that is handed over, with the first and last time.
SELECT account_id, device_id, kind, system, client, maker, min(occurred_at) AS first_seen, max(occurred_at) AS last_seen
FROM (
  SELECT account_id, device_id, occurred_at FROM transactions
  UNION ALL BY NAME SELECT account_id, device_id, occurred_at FROM logins
  UNION ALL BY NAME SELECT account_id, device_id, occurred_at FROM liveness_checks
) AS used
LEFT JOIN devices USING (device_id)
WHERE device_id IS NOT NULL AND account_id IN (SELECT unnest($accounts))
  AND ($since IS NULL OR occurred_at >= $since) AND occurred_at < $until
GROUP BY ALL
ORDER BY account_id, device_id
