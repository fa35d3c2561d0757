-- Every event of the window that was not allowed, the newest first.
SELECT occurred_at AS counted_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id, 1 AS counted
FROM flagged_events
WHERE occurred_at >= $starts AND occurred_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY counted_at DESC, event_id
