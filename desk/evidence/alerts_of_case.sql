-- The alerts of the case, each with its event as it was scored and decided.
WITH held AS (
  SELECT *
  FROM desk_alerts
  WHERE case_id IN (SELECT case_id FROM desk_cases WHERE case_id = $object_id OR merged_into = $object_id)
)
SELECT
  held.alert_id, held.case_id, held.kind AS alert_kind, held.account_id, held.event_id, held.ring_id, held.raised_at,
  held.severity, held.expected_loss, scored.kind, scored.outcome, held.amount, scored.asset, scored.counterparty,
  scored.device_id, scored.ip, held.region, held.country, scored.model, scored.model_version, held.score,
  scored.threshold, held.decision, scored.policy_version, held.sentence
FROM held
LEFT JOIN scored ON scored.event_id = held.event_id AND scored.account_id IN (SELECT account_id FROM held)
ORDER BY held.raised_at, held.alert_id
