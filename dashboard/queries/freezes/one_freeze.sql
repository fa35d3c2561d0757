-- The freeze as it stands.
SELECT * FROM desk_freezes WHERE freeze_id = $freeze_id
