-- Claims of other systems that the desk does not hold yet, or that have ended since while nobody here acted on them.
SELECT
  record.recovery_id AS claim_id, record.kind, record.account_id,
  coalesce(record.asset, (SELECT value FROM settings WHERE name = 'money_unit'), 'unknown') AS asset,
  coalesce(home.region, 'unknown') AS region, home.country,
  (record.amount * 1000000)::BIGINT AS amount_micro,
  record.claimed_at, record.event_id, moved.occurred_at AS sent_at, moved.counterparty AS target,
  record.ended_at, record.outcome
FROM recoveries AS record
LEFT JOIN desk_claims AS held ON held.claim_id = record.recovery_id
LEFT JOIN account_risk AS home ON home.account_id = record.account_id
LEFT JOIN transactions AS moved ON moved.event_id = record.event_id
WHERE record.amount > 0
  AND (held.claim_id IS NULL OR (held.version = 1 AND held.ended_at IS NULL AND record.outcome IS NOT NULL))
ORDER BY record.claimed_at, record.recovery_id
