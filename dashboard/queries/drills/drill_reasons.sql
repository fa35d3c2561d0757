-- Every reason of the events that a case held at an instant, each once with its largest points, the largest first.
WITH held AS MATERIALIZED (
  SELECT DISTINCT event_id FROM desk_alerts WHERE case_id = $case_id AND raised_at <= $as_of AND event_id IS NOT NULL
),
own AS (
  SELECT reasons.*
  FROM reasons
  WHERE event_id IN (SELECT event_id FROM held)
    AND occurred_at BETWEEN
      (SELECT min(raised_at) - INTERVAL 31 DAY FROM desk_alerts WHERE case_id = $case_id) AND $as_of
)
SELECT reason, arg_max(points, abs(points)) AS points, arg_max(sentence, abs(points)) AS sentence
FROM own
GROUP BY reason
ORDER BY abs(arg_max(points, abs(points))) DESC, reason
