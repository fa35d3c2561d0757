-- Every account, device, network address, counterparty and asset as a small number, so that partitions sort quickly.
CREATE OR REPLACE TEMP TABLE codes AS
SELECT kind, name, CAST(row_number() OVER () AS INTEGER) AS code
FROM (
  SELECT DISTINCT 'account' AS kind, account_id AS name FROM spine
  UNION ALL SELECT DISTINCT 'account', account_id FROM labels WHERE account_id NOT IN (SELECT account_id FROM spine)
  UNION ALL SELECT DISTINCT 'device', device_id FROM spine WHERE device_id IS NOT NULL
  UNION ALL SELECT DISTINCT 'ip', ip FROM spine WHERE ip IS NOT NULL
  UNION ALL SELECT DISTINCT 'counterparty', counterparty FROM spine WHERE counterparty IS NOT NULL
  UNION ALL SELECT DISTINCT 'asset', asset FROM spine WHERE asset IS NOT NULL
)
