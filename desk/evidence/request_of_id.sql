-- The request as it stands.
SELECT * FROM desk_requests WHERE request_id = $object_id AND (NOT is_secret OR $sees_secret)
