-- The smallest set of shared things found without which the ring falls apart.
SELECT * FROM ring_key_ties WHERE ring_id = $object_id ORDER BY rank
