-- Every account that was in the ring, when, in which role, and what it did there.
SELECT * FROM ring_members WHERE ring_id = $object_id ORDER BY since, account_id
