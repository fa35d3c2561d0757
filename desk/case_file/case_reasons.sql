-- Why the alerts of a case were raised by a moment: every reason of each event and anomaly, the strongest first.
WITH held AS MATERIALIZED (
  SELECT alert.event_id, alert.kind AS alert_kind, alert.account_id, alert.ring_id, alert.raised_at, alert.sentence,
         alert.score
  FROM desk_alerts AS alert
  WHERE alert.case_id IN (SELECT case_id FROM desk_cases WHERE case_id = $case_id OR merged_into = $case_id)
    AND alert.raised_at <= $until
)
SELECT 'model' AS source, reasons.event_id, reasons.occurred_at, reasons.rank, reasons.reason, reasons.feature,
       reasons.value, reasons.normal, reasons.points AS weight, reasons.sentence
FROM reasons
-- The time leads to the rows in a table that is kept in its order.
WHERE reasons.occurred_at >= $since AND reasons.occurred_at <= $until
  AND reasons.event_id IN (SELECT event_id FROM held WHERE alert_kind <> 'anomaly')
UNION ALL
SELECT 'anomaly', event_id, occurred_at, rank, reason, feature, value, normal, share, sentence
FROM anomaly_reasons
WHERE event_id IN (SELECT event_id FROM held WHERE event_id IS NOT NULL)
UNION ALL
SELECT 'ring', coalesce(ring_id, ''), max(raised_at), 1, 'ring around the account', NULL, NULL, NULL, max(score), max(sentence)
FROM held
WHERE alert_kind = 'ring'
GROUP BY ring_id
ORDER BY source DESC, occurred_at DESC, event_id, rank
