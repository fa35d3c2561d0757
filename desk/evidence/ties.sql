-- What ties two accounts of the ring.
SELECT * FROM ring_ties WHERE ring_id = $object_id ORDER BY account_a, account_b, kind, artefact, since
