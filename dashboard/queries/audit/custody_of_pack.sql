-- Who held the pack $pack_id, from its collecting on.
SELECT recorded_at, actor, role, action, to_whom, how, why, sha256, hash
FROM desk_custody
WHERE pack_id = $pack_id
ORDER BY number
