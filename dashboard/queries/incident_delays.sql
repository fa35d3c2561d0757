-- For every incident of before $ends that was known by $known_by: its age in days then, and the days until it was known.
SELECT
  date_diff('day', occurred_at, $known_by) AS age,
  greatest(0, date_diff('day', occurred_at, known_at)) AS delay
FROM incidents
WHERE occurred_at < $ends AND known_at < $known_by
ORDER BY ALL
