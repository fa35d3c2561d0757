-- What the blocks that were held at random instead showed by area and quarter, weighed by the inverse of their chance.
CREATE OR REPLACE TABLE exploration AS
WITH would_be AS (
  SELECT
    coalesce(areas.area, scored.region) AS area,
    CAST(date_trunc('quarter', scored.occurred_at) AS DATE) AS quarter,
    scored.account_id,
    scored.amount,
    scored.score,
    scored.decision = 'block' AS is_blocked,
    -- Drawn and really held: a rule of verification may ask for more than a hold.
    scored.decision <> 'block' AND policy_acts.probability IS NOT NULL AS is_explored,
    is_explored AND truth.outcome IN ('confirmed', 'false_positive', 'legitimate') AS is_judged,
    truth.outcome,
    1 / policy_acts.probability AS weight
  FROM scored
  LEFT JOIN policy_acts USING (event_id)
  LEFT JOIN areas ON areas.country = scored.country
  LEFT JOIN truth ON truth.event_id = scored.event_id
  WHERE scored.stream <> 'liveness' AND coalesce(policy_acts.by_score, scored.decision) = 'block'
),
counted AS (
  SELECT
    area,
    quarter,
    count(*) AS would_be_blocks,
    count(*) FILTER (is_blocked) AS blocked,
    count(*) FILTER (is_blocked AND outcome = 'confirmed') AS blocked_confirmed,
    count(*) FILTER (is_blocked AND outcome IN ('false_positive', 'legitimate')) AS blocked_cleared,
    count(*) FILTER (is_explored) AS explored,
    count(*) FILTER (is_judged) AS judged,
    count(*) FILTER (is_judged AND outcome = 'confirmed') AS confirmed,
    coalesce(sum(weight) FILTER (is_judged), 0) AS weight,
    coalesce(sum(weight) FILTER (is_judged AND outcome = 'confirmed'), 0) AS weight_confirmed,
    coalesce(sum(weight * weight) FILTER (is_judged), 0) AS weight_squared,
    avg(score) AS expected,
    CAST(coalesce(sum(amount) FILTER (is_judged AND outcome = 'confirmed'), 0) AS DECIMAL(38, 6)) AS value_held,
    15 * count(*) FILTER (is_explored) AS minutes,
    count(DISTINCT account_id) FILTER (is_judged AND outcome <> 'confirmed') AS spared
  FROM would_be
  GROUP BY area, quarter
),
-- As many trials as equal weights would need (Kish); 1.96 standard deviations hold 95 %.
shares AS (
  SELECT
    *,
    weight_confirmed / nullif(weight, 0) AS precision,
    weight * weight / nullif(weight_squared, 0) AS n,
    pow(1.959963984540054, 2) AS z2
  FROM counted
)
SELECT
  area, quarter, would_be_blocks, blocked, blocked_confirmed, blocked_cleared, explored, judged, confirmed,
  weight, weight_confirmed, weight_squared,
  precision,
  greatest(0, (precision + z2 / (2 * n) - sqrt(z2 * (precision * (1 - precision) + z2 / (4 * n)) / n)) / (1 + z2 / n)) AS low,
  least(1, (precision + z2 / (2 * n) + sqrt(z2 * (precision * (1 - precision) + z2 / (4 * n)) / n)) / (1 + z2 / n)) AS high,
  expected, value_held, minutes, spared
FROM shares
ORDER BY area, quarter
