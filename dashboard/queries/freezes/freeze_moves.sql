-- Every movement of frozen money to one place of the ledger in the window, the largest first.
SELECT moved.done_at, moved.transfer_id, moved.object_id AS freeze_id, moved.account_id, moved.source, moved.target,
       moved.amount, moved.actor, moved.role, moved.approval_id, moved.reason, whole.region, whole.country
FROM desk_transfers AS moved
JOIN desk_freezes AS whole ON whole.freeze_id = moved.object_id
WHERE moved.object_kind = 'freeze' AND moved.target = $target AND moved.done_at >= $starts AND moved.done_at < $ends
  AND ($region IS NULL OR whole.region = $region)
ORDER BY moved.amount DESC, moved.transfer_id
