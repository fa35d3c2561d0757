-- The balances of every account and asset as they stand: its newest transfer.
CREATE VIEW ledger_now AS
SELECT transfer.*
FROM ledger_transfers AS transfer
WHERE NOT EXISTS (
  SELECT 1
  FROM ledger_transfers AS later
  WHERE later.account_id = transfer.account_id
    AND later.asset = transfer.asset
    AND later.version = transfer.version + 1
)
