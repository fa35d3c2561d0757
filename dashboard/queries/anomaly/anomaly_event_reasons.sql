-- Why an anomaly alert is unusual, the strongest reasons first.
SELECT rank, reason, feature, value, normal, surprise, share, sentence
FROM anomaly_reasons
WHERE event_id = $event_id
ORDER BY rank
