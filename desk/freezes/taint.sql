-- The money that came to an account and left it until a moment, in its order, and by what an inflow was known as crime then.
WITH flows AS (
  SELECT
    event_id, occurred_at, kind = 'deposit' OR account_id <> $account_id AS is_inflow, amount, counterparty,
    CASE WHEN kind = 'internal_transfer' THEN account_id END AS sender, decision
  FROM scored
  WHERE stream = 'transaction' AND kind IN ('deposit', 'withdrawal', 'internal_transfer')
    AND (account_id = $account_id OR kind = 'internal_transfer' AND counterparty = $account_id)
    AND outcome = 'settled' AND amount > 0 AND occurred_at <= $now
),
-- Rings of which two accounts are confirmed; one may have been taken over.
rings_of_crime AS (
  SELECT ring_id FROM ring_members WHERE confirmed_at <= $now GROUP BY ring_id HAVING count(*) > 1
)
SELECT
  flow.is_inflow, (flow.amount * 1000000)::BIGINT AS amount_micro,
  CASE
    WHEN NOT flow.is_inflow THEN NULL
    WHEN EXISTS (
      SELECT 1 FROM confirmed_events AS crime WHERE crime.event_id = flow.event_id AND crime.known_at <= $now
    ) THEN 'confirmed'
    WHEN flow.sender IS NULL AND EXISTS (
      SELECT 1
      FROM signature_matches AS listed
      WHERE listed.entity_kind = 'counterparty' AND listed.entity = flow.counterparty
        AND coalesce(listed.listed_at <= $now, true)
    ) THEN 'listed'
    WHEN EXISTS (
      SELECT 1
      FROM ring_members AS member
      SEMI JOIN rings_of_crime AS ring ON ring.ring_id = member.ring_id
      WHERE member.account_id = flow.sender AND member.since <= $now
    ) THEN 'ring'
  END AS source
FROM flows AS flow
WHERE flow.decision <> 'block'
  -- What was stopped on its way out is still here.
  AND (flow.is_inflow OR NOT EXISTS (
    SELECT 1 FROM freezes AS stopped WHERE stopped.event_id = flow.event_id AND stopped.state <> 'released'
  ))
ORDER BY flow.occurred_at, flow.event_id
