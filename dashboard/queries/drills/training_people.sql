-- When each person last finished a drill, how many they did, and their points on average and last, the longest ago first.
WITH over AS (
  SELECT trainee, drill_id, max(recorded_at) AS ended_at, sum(points) / 10 AS points,
    bool_or(action = 'finished') AS is_finished, count(*) FILTER (is_right) AS correct, count(case_id) AS cases
  FROM desk_drill_steps
  GROUP BY trainee, drill_id
  HAVING bool_or(action IN ('finished', 'abandoned'))
)
SELECT
  trainee, count(*) FILTER (is_finished) AS finished, count(*) FILTER (NOT is_finished) AS abandoned,
  max(ended_at) FILTER (is_finished) AS last_at, avg(points) FILTER (is_finished) AS points,
  arg_max(points, ended_at) FILTER (is_finished) AS last_points,
  sum(correct) FILTER (is_finished) AS correct, sum(cases) FILTER (is_finished) AS cases
FROM over
GROUP BY trainee
ORDER BY last_at NULLS FIRST, trainee
