-- The accounts that were ever in a ring, those in it on the day first: role, money, and how each is treated now.
WITH own AS MATERIALIZED (SELECT * FROM ring_members WHERE ring_id = $ring),
held AS (
  SELECT account_id, sum(amount)::DOUBLE AS frozen
  FROM freezes SEMI JOIN own USING (account_id)
  WHERE freezes.state = 'held'
  GROUP BY account_id
)
SELECT own.account_id, own.since <= $as_of AND (own.until IS NULL OR own.until > $as_of) AS is_in, own.role, own.role_sentence,
  own.since, own.until, own.received::DOUBLE AS received, own.sent::DOUBLE AS sent, own.cashed_out::DOUBLE AS cashed_out,
  risk.state, held.frozen, own.confirmed_at, risk.score, own.strength, own.region, own.country, own.x, own.y
FROM own LEFT JOIN account_risk AS risk USING (account_id) LEFT JOIN held USING (account_id)
ORDER BY is_in DESC, own.received DESC NULLS LAST, own.cashed_out DESC NULLS LAST, own.account_id, own.since
