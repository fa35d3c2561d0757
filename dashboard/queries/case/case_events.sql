-- The alerts of a case raised by a moment, the newest first, each with its event as it was scored and decided.
WITH held AS MATERIALIZED (
  SELECT alert.alert_id, alert.kind AS alert_kind, alert.account_id, alert.event_id, alert.ring_id, alert.raised_at,
         alert.score, alert.amount, alert.expected_loss, alert.severity, alert.decision, alert.sentence
  FROM desk_alerts AS alert
  WHERE alert.case_id IN (SELECT case_id FROM desk_cases WHERE case_id = $case_id OR merged_into = $case_id)
    AND alert.raised_at <= $until
),
own AS MATERIALIZED (
  SELECT event_id, account_id, occurred_at, kind, outcome, model, amount, counterparty, device_id, network_country,
         network_kind, threshold, decision, reason,
         min(occurred_at) OVER (PARTITION BY account_id, counterparty) AS party_first_seen,
         min(occurred_at) OVER (PARTITION BY account_id, device_id) AS device_first_seen
  FROM scored
  WHERE account_id IN (SELECT account_id FROM held) AND occurred_at <= $until
)
SELECT held.alert_id, held.alert_kind, held.account_id, held.event_id, held.ring_id, held.raised_at, held.score,
       held.amount, held.expected_loss, held.severity, coalesce(held.decision, own.decision) AS decision, held.sentence,
       coalesce(own.occurred_at, held.raised_at) AS occurred_at, own.kind, own.outcome, own.model, own.counterparty,
       own.device_id, own.network_country, own.network_kind, own.threshold, own.reason,
       CASE WHEN own.counterparty IS NOT NULL THEN own.party_first_seen END AS party_first_seen,
       CASE WHEN own.device_id IS NOT NULL THEN own.device_first_seen END AS device_first_seen
FROM held LEFT JOIN own USING (event_id, account_id)
ORDER BY occurred_at DESC, held.alert_id
