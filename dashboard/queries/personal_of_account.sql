-- The devices, network addresses, payout addresses and clients that one account used, the most used first.
WITH said AS (
  SELECT 'device' AS kind, device_id AS given, occurred_at FROM transactions WHERE account_id = $account_id
  UNION ALL SELECT 'ip', ip, occurred_at FROM transactions WHERE account_id = $account_id
  UNION ALL SELECT 'client', user_agent, occurred_at FROM transactions WHERE account_id = $account_id
  UNION ALL SELECT 'address', counterparty, occurred_at FROM transactions WHERE account_id = $account_id AND kind <> 'internal_transfer'
  UNION ALL SELECT 'device', device_id, occurred_at FROM logins WHERE account_id = $account_id
  UNION ALL SELECT 'ip', ip, occurred_at FROM logins WHERE account_id = $account_id
  UNION ALL SELECT 'client', user_agent, occurred_at FROM logins WHERE account_id = $account_id
  UNION ALL SELECT 'device', device_id, occurred_at FROM liveness_checks WHERE account_id = $account_id
  UNION ALL SELECT 'ip', ip, occurred_at FROM liveness_checks WHERE account_id = $account_id
  UNION ALL SELECT 'client', user_agent, occurred_at FROM liveness_checks WHERE account_id = $account_id
)
SELECT kind, given, count(*) AS events, max(occurred_at) AS last_seen
FROM said WHERE given IS NOT NULL
GROUP BY kind, given
ORDER BY kind, events DESC, given
