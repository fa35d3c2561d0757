-- What anomaly alerts found beside fraud alerts, by area and quarter, never with more alerts than those.
SELECT
  area,
  quarter,
  incidents,
  by_fraud,
  by_anomaly,
  only_anomaly,
  only_low,
  only_high,
  fraud_alerts,
  fraud_confirmed / nullif(fraud_alerts, 0) AS fraud_precision,
  anomaly_alerts,
  precision,
  precision_low,
  precision_high
FROM anomaly_gain
WHERE $area = '' OR area = $area
ORDER BY area = $first DESC, quarter IS NULL DESC, area, quarter
