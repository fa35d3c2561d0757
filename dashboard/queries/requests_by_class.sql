-- Requests of authorities by class: received and answered in the window, executed, open at its end, median hours to answer.
SELECT
  request_class AS class,
  count(*) FILTER (received_at >= $starts) AS received,
  count(*) FILTER (answered_at >= $starts AND answered_at < $ends) AS answered,
  count(*) FILTER (outcome = 'executed' AND answered_at >= $starts AND answered_at < $ends) AS executed,
  count(*) FILTER (answered_at IS NULL OR answered_at >= $ends) AS open,
  median(date_diff('minute', received_at, answered_at) / 60) FILTER (answered_at >= $starts AND answered_at < $ends) AS median_hours
FROM desk_requests
WHERE asker = 'authority' AND received_at < $ends
GROUP BY request_class
ORDER BY class
