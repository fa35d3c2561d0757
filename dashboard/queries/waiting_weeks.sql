-- How many alerts waited for an answer at the end of each week up to the end of the period, by region (null: everywhere).
WITH now AS (SELECT max(last_seen) AS now FROM account_risk),
-- A label without a time is known only since it was loaded: not before the store's last event.
known AS MATERIALIZED (
  SELECT event_id, account_id, min(coalesce(known_at, now)) AS known_at FROM labels, now GROUP BY event_id, account_id
),
alerts AS MATERIALIZED (
  SELECT flagged.region, flagged.occurred_at,
         -- An alert waits for seven days at most, like `daily.waiting`.
         least(event_truth.known_at, account_truth.known_at, flagged.occurred_at + INTERVAL 7 DAY) AS over_at
  FROM flagged_events AS flagged
  LEFT JOIN known AS event_truth ON event_truth.event_id = flagged.event_id
  -- What is said of an account is said of its money and sign-ins, not of its identity checks.
  LEFT JOIN known AS account_truth
    ON account_truth.account_id = flagged.account_id AND account_truth.event_id IS NULL AND flagged.stream <> 'liveness'
  WHERE flagged.occurred_at < $ends
),
-- One step up when an alert is raised, one down when it is over.
steps AS (
  SELECT region, occurred_at AS moment, 1 AS step FROM alerts WHERE over_at > occurred_at
  UNION ALL
  SELECT region, over_at, -1 FROM alerts WHERE over_at > occurred_at
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
