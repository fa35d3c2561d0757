-- The pack that has the SHA-256 $sha256, if one was made here.
SELECT pack_id FROM desk_custody WHERE sha256 = $sha256 AND action = 'sealed'
