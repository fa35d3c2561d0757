-- The events of each week, area and input in parts: the most frequent values before, rare ones, and new ones.
WITH chosen AS (
  SELECT
    subject, area, value, day, events,
    day < $known_until AS is_before
  FROM inputs_by_day
  WHERE model = $model
    AND list_contains($subjects, subject)
    AND list_contains($areas, area)
    AND day >= $since
    AND day < $until
    -- What a model answers is compared with what it answered itself.
    AND ($of_version IS NULL OR model_version = $of_version)
), ranked AS (
  SELECT
    subject, area, value,
    coalesce(sum(events) FILTER (is_before), 0) AS before,
    row_number() OVER (PARTITION BY subject, area ORDER BY before DESC, value) AS place
  FROM chosen
  GROUP BY subject, area, value
)
SELECT
  subject,
  list_position($areas, area) - 1 AS area_number,
  CASE WHEN before = 0 THEN $parts - 1 WHEN place <= $parts - 2 THEN place - 1 ELSE $parts - 2 END AS part,
  date_diff('week', $first_week, CAST(date_trunc('week', day) AS DATE)) AS week_number,
  is_before,
  CAST(sum(events) AS BIGINT) AS events,
  max(value) AS value
FROM chosen
JOIN ranked USING (subject, area, value)
GROUP BY subject, area, part, week_number, is_before
ORDER BY ALL
