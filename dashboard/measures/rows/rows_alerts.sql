-- Every alert of the window (held, blocked or frozen, so that a person must look), the newest first.
SELECT occurred_at AS counted_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id, 1 AS counted
FROM flagged_events
WHERE decision IN ('hold', 'block', 'freeze') AND occurred_at >= $starts AND occurred_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY counted_at DESC, event_id
