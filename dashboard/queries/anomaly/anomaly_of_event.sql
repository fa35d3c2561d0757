-- How unusual one event is among those of its kind in its area, and the strongest reason.
SELECT event_id, occurred_at, area, kind, score, is_alert, reason, sentence
FROM anomalies
WHERE event_id = $event_id
