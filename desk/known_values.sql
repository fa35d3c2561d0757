-- Every value that is personal data by itself, in small letters, with the token that is shown for it.
CREATE OR REPLACE TABLE readers.main.known AS
WITH said AS (
  SELECT 'device' AS kind, device_id AS given FROM transactions
  UNION SELECT 'device', device_id FROM logins
  UNION SELECT 'device', device_id FROM liveness_checks
  UNION SELECT 'device', device_id FROM devices
  UNION SELECT 'ip', ip FROM transactions
  UNION SELECT 'ip', ip FROM logins
  UNION SELECT 'ip', ip FROM liveness_checks
  UNION SELECT 'ip', ip FROM networks
  UNION SELECT 'address', counterparty FROM transactions WHERE kind IS DISTINCT FROM 'internal_transfer'
  UNION SELECT kind, "value" FROM signatures
  UNION SELECT 'address', unnest([target, sender, challenge_from]) FROM desk_claims
  UNION SELECT 'transfer', tx_hash FROM desk_claims
  UNION SELECT 'mail', contact FROM desk_requests
)
SELECT lower(given) AS small, any_value(readers.main.mask(kind, given)) AS token
FROM said
WHERE given IS NOT NULL AND given NOT IN (SELECT account_id FROM readers.main.own_accounts)
GROUP BY small
