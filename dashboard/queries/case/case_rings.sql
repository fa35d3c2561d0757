-- The rings that had raised an alarm by a moment and that an account was in by then, with the score of that time.
WITH mine AS MATERIALIZED (
  SELECT ring_id, since, until, role
  FROM ring_members
  WHERE account_id = $account_id AND since <= $until
),
scores AS (
  SELECT ring_id, arg_max(score, as_of) AS score, arg_max(accounts, as_of) AS accounts
  FROM ring_history
  WHERE as_of <= $until AND ring_id IN (SELECT ring_id FROM mine)
  GROUP BY ring_id
)
SELECT ring_id, mine.since, CASE WHEN mine.until <= $until THEN mine.until END AS left_at, scores.score, scores.accounts,
       rings.sentence, rings.pattern
FROM mine JOIN rings USING (ring_id) LEFT JOIN scores USING (ring_id)
WHERE rings.alarmed_at <= $until
ORDER BY left_at IS NULL DESC, mine.since DESC, ring_id
