-- The pairs of a ring's accounts that were tied on a day, for its drawing: first the strongest of each account, then of all.
WITH there AS (
  SELECT DISTINCT account_id FROM ring_members
  WHERE ring_id = $ring AND since <= $as_of AND (until IS NULL OR until > $as_of)
),
pairs AS MATERIALIZED (
  SELECT account_a, account_b, arg_max(kind, strength) AS kind, sum(strength) AS strength
  FROM ring_ties
  WHERE ring_id = $ring AND since < $as_of AND (until IS NULL OR until > $as_of)
    AND account_a IN (FROM there) AND account_b IN (FROM there)
  GROUP BY account_a, account_b
),
ranked AS (
  SELECT account_a, account_b, row_number() OVER (PARTITION BY account ORDER BY strength DESC, account_a, account_b) AS place
  FROM (
    SELECT account_a, account_b, strength, account_a AS account FROM pairs
    UNION ALL
    SELECT account_a, account_b, strength, account_b FROM pairs
  )
),
places AS (SELECT account_a, account_b, min(place) AS place FROM ranked GROUP BY account_a, account_b)
SELECT account_a, account_b, kind, strength, count(*) OVER () AS pairs
FROM pairs JOIN places USING (account_a, account_b)
ORDER BY place, strength DESC, account_a, account_b
LIMIT $how_many
