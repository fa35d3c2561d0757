-- The named patterns in a ring's flows, the largest first.
SELECT pattern_number, pattern, amount::DOUBLE AS amount, accounts, transfers, first_at, last_at, sentence
FROM ring_patterns
WHERE ring_id = $ring
ORDER BY pattern_number
