-- Who committed crimes of which true ring, how many and since when.
SELECT ring_id, account_id, any_value(typology) AS typology, count(*) AS crimes, min(occurred_at) AS first_at
FROM read_parquet($truth)
GROUP BY ring_id, account_id
ORDER BY ring_id, account_id
