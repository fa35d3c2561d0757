-- Every transfer of the freezes in the ledger, with the balances of the account after it.
SELECT *
FROM desk_transfers
WHERE object_kind = 'freeze' AND object_id IN (SELECT unnest($freezes::VARCHAR[]))
ORDER BY number
