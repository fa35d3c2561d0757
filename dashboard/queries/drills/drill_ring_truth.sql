-- How many other accounts of the rings that a case was in are known as crime by now, per ring; for afterwards.
WITH people AS MATERIALIZED (
  SELECT DISTINCT account_id FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of AND account_id IS NOT NULL
),
there AS (
  SELECT ring_id, account_id FROM ring_members WHERE since <= $as_of AND (until IS NULL OR until > $as_of)
),
crimes AS (
  SELECT account_id, arg_min(typology, known_at) AS typology, min(known_at) AS known_at
  FROM labels
  WHERE outcome = 'confirmed' AND known_at <= $now
  GROUP BY account_id
)
SELECT
  'ring' AS entity_kind, ring_id AS entity, count(*) AS confirmed, arg_min(account_id, crimes.known_at) AS account_id,
  arg_min(crimes.typology, crimes.known_at) AS typology, min(crimes.known_at) AS known_at
FROM there
JOIN rings USING (ring_id)
JOIN crimes USING (account_id)
WHERE rings.found_at <= $as_of
  AND ring_id IN (SELECT ring_id FROM there WHERE account_id IN (SELECT account_id FROM people))
  AND account_id NOT IN (SELECT account_id FROM people)
GROUP BY ring_id
ORDER BY ring_id
