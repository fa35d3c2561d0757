-- How many alerts waited for an answer at the end of each week of the window and at its end, by region (null: everywhere).
WITH alerts AS MATERIALIZED (
  -- An alert waits for seven days at most, like `daily.waiting`.
  SELECT region, occurred_at, least(answered_at, occurred_at + INTERVAL 7 DAY) AS over_at
  FROM flagged_events
  WHERE decision IN ('hold', 'block', 'freeze') AND occurred_at < $ends AND occurred_at >= $starts::TIMESTAMP - INTERVAL 7 DAY
),
-- One step up when an alert is raised, one down when it is over.
steps AS (
  SELECT region, occurred_at AS moment, 1 AS step FROM alerts WHERE over_at > occurred_at
  UNION ALL
  SELECT region, over_at, -1 FROM alerts WHERE over_at > occurred_at
),
counted AS (
  SELECT unnest(generate_series($starts::TIMESTAMP, $ends::TIMESTAMP, INTERVAL 7 DAY)) AS moment
  UNION
  SELECT $ends::TIMESTAMP
),
standing AS (
  SELECT counted.moment, steps.region, sum(steps.step)::DOUBLE AS waiting
  FROM counted JOIN steps ON steps.moment < counted.moment
  GROUP BY counted.moment, steps.region
)
SELECT region, moment, sum(waiting)::DOUBLE AS waiting, moment = $ends AS is_end
FROM standing
GROUP BY GROUPING SETS ((moment), (region, moment))
ORDER BY region NULLS FIRST, moment
