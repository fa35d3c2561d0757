-- Every movement of money that was held or frozen in the window, the largest first, and how it ended.
SELECT placed_at AS counted_at, account_id, amount::DOUBLE AS amount, decision, state, ended_at, region, country, event_id, amount::DOUBLE AS counted
FROM freezes
WHERE placed_at >= $starts AND placed_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY amount DESC, event_id
