-- Every hold or freeze placed in the window on what turned out to be honest, the largest first.
SELECT placed_at AS counted_at, truth_known_at AS known_at, freezes.account_id, freezes.amount::DOUBLE AS amount, freezes.decision, ended_at, freezes.region, freezes.country, event_id, 1 AS counted
FROM freezes JOIN flagged_events USING (event_id)
WHERE truth IN ('false_positive', 'legitimate') AND truth_known_at < $known_by AND placed_at >= $starts AND placed_at < $ends
  AND ($region IS NULL OR freezes.region = $region) AND ($country IS NULL OR freezes.country = $country)
ORDER BY freezes.amount DESC, event_id
