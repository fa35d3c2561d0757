-- Every value that is personal data by itself, in small letters, with the token that is shown for it.
CREATE OR REPLACE TABLE readers.main.known AS
WITH said AS (
  -- Enriching writes down every device and network address of the events.
  SELECT 'device' AS kind, device_id AS given FROM devices
  UNION ALL SELECT 'ip', ip FROM networks
  UNION ALL SELECT DISTINCT 'device', device_id FROM transactions
  UNION ALL SELECT DISTINCT 'device', device_id FROM logins
  UNION ALL SELECT DISTINCT 'ip', ip FROM transactions
  UNION ALL SELECT DISTINCT 'ip', ip FROM logins
  UNION ALL SELECT DISTINCT 'address', counterparty FROM transactions WHERE kind IS DISTINCT FROM 'internal_transfer'
  UNION ALL SELECT kind, "value" FROM signatures
  UNION ALL SELECT 'address', unnest([target, sender, challenge_from]) FROM desk_claims
  UNION ALL SELECT 'transfer', tx_hash FROM desk_claims
  UNION ALL SELECT 'mail', contact FROM desk_requests
),
different AS (
  SELECT kind, given FROM said
  WHERE given IS NOT NULL AND given NOT IN (SELECT account_id FROM readers.main.own_accounts)
  GROUP BY ALL
)
SELECT lower(given) AS small, any_value(readers.main.mask(kind, given)) AS token FROM different GROUP BY small
