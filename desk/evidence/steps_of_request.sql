-- Everything that was done with the request, with its state after it.
SELECT * FROM desk_request_steps WHERE request_id = $object_id AND (NOT is_secret OR $sees_secret) ORDER BY number
