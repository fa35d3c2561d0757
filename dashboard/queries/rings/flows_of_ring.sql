-- What flowed into, inside and out of a ring: by account or by role, its smaller sources and destinations taken together.
WITH own AS MATERIALIZED (
  SELECT leg, coalesce(sender, '') AS sender, coalesce(receiver, '') AS receiver, amount
  FROM ring_transfers
  WHERE ring_id = $ring
),
roles AS (SELECT account_id, arg_max(role, since) AS role FROM ring_members WHERE ring_id = $ring GROUP BY account_id),
sources AS (
  SELECT sender, row_number() OVER (ORDER BY sum(amount) DESC, sender) AS place FROM own WHERE leg = 'in' GROUP BY sender
),
destinations AS (
  SELECT receiver, row_number() OVER (ORDER BY sum(amount) DESC, receiver) AS place FROM own WHERE leg = 'out' GROUP BY receiver
)
SELECT leg,
  -- Null: one of the smaller ones outside. Empty: nobody knows.
  CASE WHEN leg = 'in' THEN CASE WHEN sources.place <= $outside THEN sender END
    WHEN $by_account THEN sender ELSE coalesce(giver.role, 'member') END AS source,
  CASE WHEN leg = 'out' THEN CASE WHEN destinations.place <= $outside THEN receiver END
    WHEN $by_account THEN receiver ELSE coalesce(taker.role, 'member') END AS target,
  sum(amount)::DOUBLE AS amount, count(*) AS transfers
FROM own
LEFT JOIN sources USING (sender)
LEFT JOIN destinations USING (receiver)
LEFT JOIN roles AS giver ON giver.account_id = sender
LEFT JOIN roles AS taker ON taker.account_id = receiver
GROUP BY ALL
HAVING sum(amount) > 0
ORDER BY leg, amount DESC, source, target
