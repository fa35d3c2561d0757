-- Every event of the ring's accounts that was not allowed, with its score, its policy and what became known of it.
WITH members AS (SELECT DISTINCT account_id FROM ring_members WHERE ring_id = $object_id)
SELECT
  event.event_id, event.account_id, event.occurred_at, event.stream, event.kind, event.outcome, event.amount,
  scored.asset, scored.counterparty, scored.device_id, scored.ip, event.region, event.country,
  event.model, scored.model_version, event.score, scored.threshold, event.decision, scored.policy_version,
  event.reason, event.sentence, event.truth, event.truth_known_at
FROM flagged_events AS event
SEMI JOIN members USING (account_id)
LEFT JOIN scored ON scored.event_id = event.event_id AND scored.account_id IN (FROM members)
ORDER BY event.occurred_at, event.event_id
