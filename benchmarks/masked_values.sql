-- Every device, network address, client and payout address of the accounts.
WITH said AS (
  SELECT account_id, unnest([device_id, ip, user_agent, CASE WHEN kind <> 'internal_transfer' THEN counterparty END]) AS given FROM transactions
  UNION ALL SELECT account_id, unnest([device_id, ip, user_agent]) FROM logins
  UNION ALL SELECT account_id, unnest([device_id, ip, user_agent, media_path, document_path]) FROM liveness_checks
)
SELECT DISTINCT given FROM said WHERE given IS NOT NULL AND account_id IN (SELECT unnest($accounts))
