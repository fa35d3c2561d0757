-- Money into, inside and out of rings, from two weeks before an account joined until it left: the deeds precede the find.
WITH stays AS (
  SELECT ring_id, account_id, since, coalesce(until, TIMESTAMP '9999-01-01') AS until FROM found_stays
),
moved AS (
  SELECT event_id, account_id, occurred_at, kind, counterparty, amount
  FROM spine
  WHERE kind IN ('deposit', 'withdrawal', 'internal_transfer') AND amount > 0
    AND coalesce(outcome, 'settled') = 'settled'
    -- What an account sends itself moves nothing.
    AND (kind <> 'internal_transfer' OR counterparty IS DISTINCT FROM account_id)
),
own AS (
  SELECT stays.ring_id, moved.event_id, moved.occurred_at, moved.kind, moved.amount, moved.account_id, moved.counterparty,
    EXISTS (
      SELECT 1 FROM found_stays AS other
      WHERE other.ring_id = stays.ring_id AND other.account_id = moved.counterparty
    ) AS is_inside
  FROM moved
  JOIN stays ON stays.account_id = moved.account_id
    AND moved.occurred_at >= stays.since - INTERVAL 14 DAY AND moved.occurred_at < stays.until
),
given AS (
  SELECT stays.ring_id, moved.event_id, moved.occurred_at, moved.amount, moved.account_id, moved.counterparty
  FROM moved
  JOIN stays ON stays.account_id = moved.counterparty
    AND moved.occurred_at >= stays.since - INTERVAL 14 DAY AND moved.occurred_at < stays.until
  WHERE moved.kind = 'internal_transfer'
)
SELECT DISTINCT ON (ring_id, event_id) ring_id, event_id, occurred_at, leg, sender, receiver, amount
FROM (
  SELECT ring_id, event_id, occurred_at,
    CASE WHEN kind = 'deposit' THEN 'in' WHEN is_inside THEN 'inside' ELSE 'out' END AS leg,
    if(kind = 'deposit', counterparty, account_id) AS sender,
    if(kind = 'deposit', account_id, counterparty) AS receiver,
    amount
  FROM own
  UNION ALL
  SELECT ring_id, event_id, occurred_at,
    if(EXISTS (
      SELECT 1 FROM found_stays AS other WHERE other.ring_id = given.ring_id AND other.account_id = given.account_id
    ), 'inside', 'in'),
    account_id, counterparty, amount
  FROM given
)
ORDER BY ring_id, event_id, leg DESC
