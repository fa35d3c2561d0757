-- The most unusual accounts of an area that the fraud model did not flag in the same 30 days before now.
SELECT
  arg_max(anomalies.event_id, anomalies.surprise) AS event_id,
  anomalies.account_id,
  arg_max(anomalies.occurred_at, anomalies.surprise) AS occurred_at,
  arg_max(anomalies.kind, anomalies.surprise) AS kind,
  arg_max(anomalies.score, anomalies.surprise) AS unusual,
  arg_max(scored.score, anomalies.surprise) AS score,
  arg_max(anomalies.sentence, anomalies.surprise) AS sentence
FROM anomalies
JOIN scored USING (event_key)
WHERE anomalies.area = $area AND anomalies.is_alert
  AND anomalies.occurred_at > $now - INTERVAL 30 DAY
  AND anomalies.account_id NOT IN (
    SELECT account_id FROM flagged_events WHERE occurred_at > $now - INTERVAL 30 DAY
  )
GROUP BY anomalies.account_id
ORDER BY max(anomalies.surprise) DESC, anomalies.account_id
