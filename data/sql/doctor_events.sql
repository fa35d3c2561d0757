-- What do the events of each stream lack: known accounts, devices, addresses, what is known of both, amounts?
WITH events AS (
    SELECT 'transactions' AS stream, account_id, device_id, ip, amount IS NULL AS lacks_amount FROM transactions
    UNION ALL
    SELECT 'logins', account_id, device_id, ip, false FROM logins
    UNION ALL
    SELECT 'liveness_checks', account_id, device_id, ip, false FROM liveness_checks
)
SELECT stream, count(*) AS events,
       count(*) FILTER (device_id IS NULL) AS without_device,
       count(*) FILTER (ip IS NULL) AS without_ip,
       count(*) FILTER (lacks_amount) AS without_amount,
       count(DISTINCT account_id) FILTER (account_id NOT IN (SELECT account_id FROM accounts)) AS unknown_accounts,
       count(DISTINCT device_id) FILTER (device_id NOT IN (SELECT device_id FROM devices)) AS unknown_devices,
       count(DISTINCT ip) FILTER (ip NOT IN (SELECT ip FROM networks)) AS unknown_networks
FROM events
GROUP BY stream
ORDER BY stream
