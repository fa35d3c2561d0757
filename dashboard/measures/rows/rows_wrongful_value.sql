-- The value of every hold or freeze placed in the window on what turned out to be honest, the largest first.
SELECT placed_at AS counted_at, judged_at AS known_at, account_id, decision, ended_at, region, country, event_id, freeze_id, amount::DOUBLE AS counted
FROM freezes
WHERE is_wrongful AND judged_at < $known_by AND placed_at >= $starts AND placed_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY amount DESC, event_id, freeze_id
