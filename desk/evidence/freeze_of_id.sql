-- The freeze as it stands.
SELECT * FROM desk_freezes WHERE freeze_id = $object_id AND (NOT is_secret OR $sees_secret)
