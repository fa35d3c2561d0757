-- Every movement of the freeze's money in the ledger, in the order of writing.
SELECT done_at, transfer_id, source, target, amount, asset, actor, role, approval_id, reason
FROM desk_transfers
WHERE object_kind = 'freeze' AND object_id = $freeze_id
ORDER BY number
