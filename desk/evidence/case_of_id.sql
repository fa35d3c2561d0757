-- The case as it stands.
SELECT * FROM desk_cases WHERE case_id = $object_id
