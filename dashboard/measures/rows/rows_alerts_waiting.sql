-- Every alert of the last seven days that waited for an answer at the end of the window, the highest score first.
SELECT occurred_at AS counted_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id, 1 AS counted
FROM flagged_events
WHERE decision IN ('hold', 'block', 'freeze')
  AND occurred_at < $ends AND occurred_at >= $ends::TIMESTAMP - INTERVAL 7 DAY
  AND (answered_at IS NULL OR answered_at >= $ends)
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY score DESC, event_id
