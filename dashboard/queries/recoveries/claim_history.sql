-- All that was done with a claim, the newest first.
SELECT done_at, actor, role, action, reason, approval_id, transfer_id, status AS claim_status, recorded_at
FROM desk_claim_steps
WHERE claim_id = $claim_id
ORDER BY version DESC
