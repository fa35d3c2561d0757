-- How many alerts waited for an answer at the end of each week up to the end of the period, by region (null: everywhere).
WITH known AS MATERIALIZED (
  SELECT event_id, min(coalesce(known_at, TIMESTAMP '1970-01-01')) AS known_at
  FROM labels WHERE event_id IS NOT NULL GROUP BY event_id
),
alerts AS MATERIALIZED (
  SELECT scored.region, scored.occurred_at, known.known_at
  FROM scored LEFT JOIN known USING (event_id)
  WHERE scored.decision <> 'allow' AND scored.occurred_at < $ends
    AND (known.known_at IS NULL OR known.known_at > scored.occurred_at)
),
-- One step up when an alert is raised, one down when its truth becomes known.
steps AS (
  SELECT region, occurred_at AS moment, 1 AS step FROM alerts
  UNION ALL
  SELECT region, known_at, -1 FROM alerts WHERE known_at < $ends
),
counted AS (
  SELECT unnest(generate_series($previous_starts::TIMESTAMP, $ends::TIMESTAMP, INTERVAL 7 DAY)) AS moment
  UNION
  SELECT unnest([$starts::TIMESTAMP, $ends::TIMESTAMP])
),
standing AS (
  SELECT counted.moment, steps.region, sum(steps.step)::DOUBLE AS waiting
  FROM counted JOIN steps ON steps.moment < counted.moment
  GROUP BY counted.moment, steps.region
)
SELECT region, moment, sum(waiting)::DOUBLE AS waiting, moment = $ends AS is_end, moment = $starts AS is_start
FROM standing
GROUP BY GROUPING SETS ((moment), (region, moment))
ORDER BY region NULLS FIRST, moment
