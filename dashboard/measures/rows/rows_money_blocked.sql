-- Every movement of money of the window that was blocked, the largest first.
SELECT occurred_at AS counted_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id, amount::DOUBLE AS counted
FROM flagged_events
WHERE decision = 'block' AND amount > 0 AND occurred_at >= $starts AND occurred_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY amount DESC, event_id
