-- Every movement of money into, inside and out of the ring.
SELECT * FROM ring_transfers WHERE ring_id = $object_id ORDER BY occurred_at, event_id, leg
