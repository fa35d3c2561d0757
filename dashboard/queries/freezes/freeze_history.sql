-- Everything that was done with the freeze, in the order of writing.
SELECT number, version, done_at, actor, role, action, reason, details, approval_id, transfer_id, status AS freeze_status,
       remaining AS stopped, released, seized
FROM desk_freeze_steps
WHERE freeze_id = $freeze_id
ORDER BY number
