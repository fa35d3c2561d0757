-- Cases that somebody ended in $since to $until: when each came and was first looked at, and its minutes in somebody's hands.
WITH held AS (
  SELECT case_id, action, done_at, recorded_at, status, first_look_at,
    lead(done_at) OVER of_case AS next_at,
    lead(recorded_at) OVER of_case AS next_recorded
  FROM desk_steps
  WINDOW of_case AS (PARTITION BY case_id ORDER BY version)
),
-- From the taking of a case to its end, without pauses; what is done while it waits again is not in hand.
spent AS (
  SELECT case_id,
    sum(greatest(epoch(next_at - done_at), epoch(next_recorded - recorded_at)) / 60.0) AS minutes
  FROM held
  WHERE first_look_at IS NOT NULL AND status = 'open' AND action NOT LIKE 'released%' AND next_at IS NOT NULL
  GROUP BY case_id
),
disposed AS (SELECT DISTINCT case_id FROM desk_steps WHERE action = 'disposed' AND role <> 'system')
SELECT
  cases.channel, cases.kind, cases.severity, cases.opened_at, cases.first_look_at,
  spent.minutes
FROM spent
JOIN disposed USING (case_id)
JOIN desk_cases AS cases USING (case_id)
WHERE cases.outcome IS NOT NULL AND spent.minutes > 0 AND spent.minutes <= $longest AND cases.first_look_at IS NOT NULL
  AND cases.reopened = 0
  AND cases.closed_at >= $since AND cases.closed_at < $until
ORDER BY cases.opened_at, cases.case_id
