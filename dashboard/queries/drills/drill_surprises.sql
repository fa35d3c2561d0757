-- What was unusual about the events that a case held at an instant, each once with its largest share of the surprise.
WITH held AS MATERIALIZED (
  SELECT DISTINCT event_id FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of AND kind = 'anomaly' AND event_id IS NOT NULL
)
SELECT reason, max(share) AS share, arg_max(sentence, share) AS sentence
FROM anomaly_reasons
WHERE event_id IN (SELECT event_id FROM held) AND occurred_at <= $as_of
GROUP BY reason
ORDER BY max(share) DESC, reason
