-- Named typologies in the ring's flows.
SELECT * FROM ring_patterns WHERE ring_id = $object_id ORDER BY pattern_number
