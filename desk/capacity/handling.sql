-- For how many minutes was each case that ended in $since to $until in somebody's hands, pauses and waiting left out?
WITH held AS (
  SELECT case_id, action, done_at, recorded_at, status, holder,
    lead(done_at) OVER of_case AS next_at,
    lead(recorded_at) OVER of_case AS next_recorded
  FROM desk_steps
  WINDOW of_case AS (PARTITION BY case_id ORDER BY version)
),
spent AS (
  SELECT case_id,
    sum(greatest(epoch(next_at - done_at), epoch(next_recorded - recorded_at)) / 60.0) AS minutes
  FROM held
  WHERE holder IS NOT NULL AND status = 'open' AND next_at IS NOT NULL
  GROUP BY case_id
)
SELECT cases.kind, cases.severity, least(spent.minutes, 480.0) AS minutes
FROM spent
JOIN desk_cases AS cases USING (case_id)
WHERE cases.outcome IS NOT NULL AND spent.minutes > 0
  AND cases.closed_at >= $since AND cases.closed_at < $until
ORDER BY cases.kind, cases.severity, minutes, case_id
