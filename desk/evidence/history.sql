-- What changed in the ring and when.
SELECT * FROM ring_history WHERE ring_id = $object_id ORDER BY as_of, change, other_ring_id
