-- The ring of the pack, as it stands.
SELECT * FROM rings WHERE ring_id = $object_id
