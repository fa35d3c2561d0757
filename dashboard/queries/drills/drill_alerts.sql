-- The alerts that a case held at an instant, with what each event was, the oldest first.
WITH held AS MATERIALIZED (
  SELECT alert_id, kind, account_id, event_id, raised_at, score, amount, expected_loss, decision, severity
  FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of
),
own AS MATERIALIZED (
  SELECT event_id, kind, outcome, asset, network_kind, network_country, country, counterparty, device_id, ip, threshold
  FROM scored
  WHERE account_id IN (SELECT account_id FROM held) AND event_id IN (SELECT event_id FROM held)
)
SELECT
  held.raised_at, held.kind AS alert_kind, own.kind, own.outcome, held.amount::DOUBLE AS amount, own.asset, held.score,
  own.threshold, held.decision, own.country, own.network_country, own.network_kind, own.counterparty, own.device_id,
  own.ip, held.account_id, held.severity,
  held.expected_loss::DOUBLE AS expected_loss
FROM held
LEFT JOIN own USING (event_id)
ORDER BY held.raised_at, held.alert_id
