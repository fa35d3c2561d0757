-- Every transaction and sign-in of an area from $since on: its scores, and the crime it belongs to, if any.
SELECT
  CAST(date_trunc('week', scored.occurred_at) AS DATE) AS week,
  scored.event_id,
  scored.account_id,
  scored.score AS fraud,
  scored.decision IN ('hold', 'block', 'freeze') AS is_fraud_alert,
  coalesce(anomalies.is_alert, false) AS is_anomaly_alert,
  coalesce(anomalies.surprise, -1) AS surprise,
  confirmed_events.incident_id AS known,
  truth.incident_id AS true_incident
FROM scored
LEFT JOIN areas ON areas.country = scored.country
LEFT JOIN anomalies USING (event_key)
LEFT JOIN confirmed_events ON confirmed_events.event_id = scored.event_id
LEFT JOIN read_parquet($truth) AS truth ON truth.event_id = scored.event_id
WHERE scored.model = 'fraud' AND scored.occurred_at >= $since AND coalesce(areas.area, scored.region) = $area
ORDER BY scored.occurred_at, scored.event_id
