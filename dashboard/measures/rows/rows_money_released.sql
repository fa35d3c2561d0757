-- Every hold or freeze that was released in the window, the largest first, with how long it lasted.
SELECT ended_at AS counted_at, placed_at, account_id, amount::DOUBLE AS amount, decision, region, country, event_id, amount::DOUBLE AS counted
FROM freezes
WHERE state = 'released' AND ended_at >= $starts AND ended_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY amount DESC, event_id
