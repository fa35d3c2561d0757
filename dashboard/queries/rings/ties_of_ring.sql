-- What tied two accounts of a ring on a day, the strongest first.
WITH there AS (
  SELECT DISTINCT account_id FROM ring_members
  WHERE ring_id = $ring AND since <= $as_of AND (until IS NULL OR until > $as_of)
)
SELECT kind, artefact, account_a, account_b, strength, sharers, amount::DOUBLE AS amount, since, last_at, until, sentence
FROM ring_ties
WHERE ring_id = $ring AND since < $as_of AND (until IS NULL OR until > $as_of)
  AND account_a IN (FROM there) AND account_b IN (FROM there)
ORDER BY strength DESC, kind, artefact, account_a, account_b
