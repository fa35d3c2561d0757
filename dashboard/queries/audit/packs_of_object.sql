-- The packs of evidence of one object, the newest first.
SELECT pack_id
FROM desk_custody
WHERE object_kind = $kind AND object_id = $object_id AND action = 'sealed'
ORDER BY number DESC
