-- The highest scored transactions and sign-ins of the window, as many as the alert budget of each region allows, crime among them counted.
WITH planned AS (
  SELECT region, sum(events) AS events
  FROM daily
  WHERE stream <> 'liveness' AND day >= $starts AND day < $ends
  GROUP BY region
),
ranked AS (
  SELECT flagged_events.*, row_number() OVER (PARTITION BY region ORDER BY score DESC, event_id) AS place
  FROM flagged_events
  WHERE model = 'fraud' AND occurred_at >= $starts AND occurred_at < $ends
)
SELECT occurred_at AS counted_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, ranked.region, country, event_id, place,
  -- What nobody reported counts as no crime, as it does for the people who looked at it.
  (truth = 'confirmed' AND truth_known_at < $known_by) IS TRUE AS is_crime,
  is_crime::INTEGER AS counted, 1 AS of_all
FROM ranked JOIN planned ON planned.region = ranked.region AND ranked.place <= $budget * planned.events
WHERE ($region IS NULL OR ranked.region = $region) AND ($country IS NULL OR country = $country)
ORDER BY ranked.region, place
