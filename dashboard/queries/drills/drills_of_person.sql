-- The drills of a person that are over, the newest first: points, decisions that were right, time.
WITH own AS (
  SELECT * FROM desk_drill_steps
  WHERE trainee = $trainee
    AND drill_id IN (SELECT drill_id FROM desk_drill_steps WHERE action IN ('finished', 'abandoned'))
)
SELECT
  min(begun_at) AS begun_at,
  arg_max(status, version) AS status,
  count(case_id) AS cases,
  count(outcome) AS answered,
  count(*) FILTER (is_right) AS correct,
  round(sum(points) / 10, 1) AS points,
  median(seconds) FILTER (outcome IS NOT NULL) AS median_seconds,
  median(colleague_seconds) FILTER (outcome IS NOT NULL) AS colleague_seconds,
  any_value(seed) AS seed,
  drill_id
FROM own
GROUP BY drill_id
ORDER BY begun_at DESC, drill_id
