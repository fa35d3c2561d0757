-- How often each person decided rightly in drills that are over, by typology, with Wilson's 95 % interval, and how fast.
WITH answered AS (
  SELECT trainee, coalesce(truth_typology, 'none') AS typology, seconds, colleague_seconds, recorded_at, points,
    outcome IS NOT NULL AND is_right AND is_typology_right IS DISTINCT FROM false AS is_whole
  FROM desk_drill_steps
  WHERE case_id IS NOT NULL
    AND drill_id IN (SELECT drill_id FROM desk_drill_steps WHERE action IN ('finished', 'abandoned'))
),
counted AS (
  SELECT trainee, typology, count(*) AS answered, count(*) FILTER (is_whole) AS correct, median(seconds) AS median_seconds,
    median(colleague_seconds) AS colleague_seconds, avg(points) AS points, max(recorded_at) AS last_at
  FROM answered
  GROUP BY trainee, typology
),
shared AS (SELECT *, correct / answered AS share, 1.959963984540054 AS z FROM counted)
SELECT
  trainee, typology, answered, correct, share,
  greatest((share + z * z / (2 * answered)
    - z * sqrt(share * (1 - share) / answered + z * z / (4 * answered * answered))) / (1 + z * z / answered), 0) AS low,
  least((share + z * z / (2 * answered)
    + z * sqrt(share * (1 - share) / answered + z * z / (4 * answered * answered))) / (1 + z * z / answered), 1) AS high,
  median_seconds, colleague_seconds, points, last_at
FROM shared
ORDER BY trainee, share, typology
