-- The rings, found by then, that the customers of a case were in at an instant, and how many accounts these had.
WITH people AS MATERIALIZED (
  SELECT DISTINCT account_id FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of AND account_id IS NOT NULL
),
there AS (
  SELECT ring_id, account_id FROM ring_members WHERE since <= $as_of AND (until IS NULL OR until > $as_of)
),
known AS (
  SELECT DISTINCT account_id FROM labels WHERE outcome = 'confirmed' AND known_at <= $as_of
)
SELECT
  ring_id, min(rings.found_at) AS found_at, count(*) AS accounts, count(known.account_id) AS confirmed_then
FROM there
JOIN rings USING (ring_id)
LEFT JOIN known USING (account_id)
WHERE rings.found_at <= $as_of
  AND ring_id IN (SELECT ring_id FROM there WHERE account_id IN (SELECT account_id FROM people))
GROUP BY ring_id
ORDER BY found_at, ring_id
