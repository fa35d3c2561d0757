-- How do the clocks of the open requests of each class stand, the class with most breaches first?
SELECT
  request_class,
  count(*) FILTER (clock = 'breached') AS breached,
  count(*) FILTER (clock = 'at_risk') AS at_risk,
  count(*) FILTER (clock = 'on_time') AS on_time
FROM (
  SELECT request_class, request_clock(answered_at, at_risk_at, due_at, $now::TIMESTAMP) AS clock
  FROM desk_requests
  WHERE asker = $asker::VARCHAR AND answered_at IS NULL AND ($region::VARCHAR IS NULL OR place = $region::VARCHAR)
)
GROUP BY request_class
ORDER BY breached DESC, at_risk DESC, on_time DESC, request_class
