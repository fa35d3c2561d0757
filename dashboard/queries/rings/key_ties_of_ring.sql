-- The smallest set of shared things found without which a ring falls apart, the one that holds most first.
SELECT rank, kind, artefact, accounts_held, accounts_left, sentence
FROM ring_key_ties
WHERE ring_id = $ring
ORDER BY rank
