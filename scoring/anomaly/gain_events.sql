-- Every event that is a fraud alert, an anomaly alert or confirmed crime, in months that were judged for anomalies.
WITH judged AS (
  SELECT area, date_trunc('month', min(occurred_at)) AS since FROM anomalies GROUP BY area
)
SELECT
  judged.area,
  CAST(date_trunc('quarter', scored.occurred_at) AS DATE) AS quarter,
  scored.account_id,
  confirmed_events.incident_id,
  scored.decision IN ('hold', 'block', 'freeze') AS is_fraud_alert,
  coalesce(anomalies.is_alert, false) AS is_anomaly_alert,
  anomalies.score,
  anomalies.surprise
FROM scored
LEFT JOIN areas ON areas.country = scored.country
JOIN judged ON judged.area = coalesce(areas.area, scored.region) AND scored.occurred_at >= judged.since
LEFT JOIN anomalies USING (event_key)
LEFT JOIN confirmed_events ON confirmed_events.event_id = scored.event_id
WHERE scored.model = 'fraud' AND NOT scored.is_in_training
  AND (
    scored.decision IN ('hold', 'block', 'freeze') OR anomalies.is_alert OR confirmed_events.event_id IS NOT NULL
  )
ORDER BY scored.occurred_at, scored.event_id
