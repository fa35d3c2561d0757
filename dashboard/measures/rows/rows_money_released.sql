-- All money of holds and freezes that was released in the window, the largest first, with since when it was stopped.
SELECT released_at AS counted_at, placed_at, account_id, amount::DOUBLE AS amount, decision, region, country, event_id, freeze_id, amount::DOUBLE AS counted
FROM releases
WHERE released_at >= $starts AND released_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY amount DESC, event_id, freeze_id
