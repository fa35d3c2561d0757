-- How many requests are open, due within the hours, breached and doubtful, how many were answered in the period, and how fast?
SELECT
  count(*) FILTER (is_live) AS open,
  count(*) FILTER (is_live AND due_at >= $now::TIMESTAMP AND due_at <= $due_by::TIMESTAMP) AS due_soon,
  count(*) FILTER (is_live AND due_at < $now::TIMESTAMP) AS breached,
  count(*) FILTER (is_live AND (status = 'doubtful' OR authenticity < 0.5)) AS doubtful,
  count(*) FILTER (answered_at >= $starts AND answered_at < $ends) AS answered,
  median(date_diff('minute', received_at, answered_at) / 60) FILTER (answered_at >= $starts AND answered_at < $ends)
    AS median_hours,
  median(date_diff('minute', received_at, answered_at) / 60)
    FILTER (answered_at >= $base_starts AND answered_at < $base_ends) AS base_median_hours
FROM (
  SELECT
    status IN ('received', 'checking', 'verified', 'doubtful', 'answering', 'waiting_approval') AS is_live,
    status, authenticity, due_at, received_at, answered_at
  FROM desk_requests
  WHERE asker = $asker::VARCHAR AND ($region::VARCHAR IS NULL OR place = $region::VARCHAR)
)
