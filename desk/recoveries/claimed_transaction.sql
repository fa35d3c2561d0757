-- The transaction that a claim names, and what is known of the address it went to.
SELECT
  moved.event_id, moved.account_id, moved.kind, (moved.amount * 1000000)::BIGINT AS amount_micro, moved.asset,
  moved.counterparty, moved.status, moved.occurred_at,
  (SELECT count(DISTINCT other.account_id) FROM transactions AS other
    WHERE other.counterparty = moved.counterparty AND other.account_id <> moved.account_id) AS customers,
  (SELECT count(*) FROM transactions AS other
    WHERE other.counterparty = moved.counterparty AND other.account_id = moved.account_id
      AND other.occurred_at < moved.occurred_at) AS own_before,
  EXISTS (FROM entity_risk AS risk
    WHERE risk.entity_kind = 'counterparty' AND risk.entity = moved.counterparty
      AND risk.signature IS NOT NULL) AS is_listed
FROM transactions AS moved
WHERE moved.event_id = $event_id
