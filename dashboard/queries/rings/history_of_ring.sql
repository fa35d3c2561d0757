-- What changed in a ring and when, the newest first.
SELECT as_of, change, accounts, joined, gone, known_bad, score, other_ring_id
FROM ring_history
WHERE ring_id = $ring
ORDER BY as_of DESC, change
