-- The two entries of every transfer: what one place lost, another gained.
CREATE VIEW ledger_entries AS
SELECT number, transfer_id, account_id, asset, source AS bucket, -amount_micro AS amount_micro
FROM ledger_transfers
UNION ALL
SELECT number, transfer_id, account_id, asset, target AS bucket, amount_micro
FROM ledger_transfers
