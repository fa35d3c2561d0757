-- How many comparisons of $model in $area there were in the newest week, how many moved, and on how many events.
SELECT
  max(week) AS week,
  count(*) FILTER (week = newest) AS compared,
  count(*) FILTER (week = newest AND is_moved) AS moved,
  max(events) FILTER (week = newest) AS events,
  max(before) FILTER (week = newest) AS before
FROM (
  SELECT *, max(week) OVER () AS newest
  FROM monitor_drift
  WHERE area = $area AND model = $model AND events >= 100
)
HAVING count(*) > 0
