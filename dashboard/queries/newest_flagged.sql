-- The newest events that were not allowed, with the strongest reason.
SELECT occurred_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, country, event_id
FROM flagged_events
WHERE ($model IS NULL OR model = $model) AND ($region IS NULL OR region = $region)
  AND occurred_at >= $starts AND occurred_at < $ends
ORDER BY occurred_at DESC, event_id
