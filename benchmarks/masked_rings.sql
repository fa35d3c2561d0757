-- Every ring that stands.
SELECT ring_id FROM rings ORDER BY ring_id LIMIT 200
