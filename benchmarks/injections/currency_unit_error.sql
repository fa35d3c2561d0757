-- From a day on amounts of one asset arrive a thousand times too large.
UPDATE watched SET amount_scale = 'USDC 1e' || CAST(CAST(split_part(amount_scale, '1e', 2) AS INTEGER) + 3 AS VARCHAR)
WHERE occurred_at >= $since AND amount_scale LIKE 'USDC 1e%'
