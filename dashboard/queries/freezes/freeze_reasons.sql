-- Why the event was stopped: every reason of its score and of what is unusual about it, the strongest first.
SELECT 'model' AS source, event_id, occurred_at, rank, reason, feature, value, normal, points AS weight, sentence
FROM reasons
-- The time leads to the rows in a table that is kept in its order.
WHERE event_id = $event_id AND occurred_at = (SELECT max(occurred_at) FROM flagged_events WHERE event_id = $event_id)
UNION ALL
SELECT 'anomaly', event_id, occurred_at, rank, reason, feature, value, normal, share, sentence
FROM anomaly_reasons
WHERE event_id = $event_id
ORDER BY source DESC, rank
