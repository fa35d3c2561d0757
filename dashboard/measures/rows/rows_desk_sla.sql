-- Every alert of the window that was answered by the day the window is counted at, those within 24 hours counted.
SELECT occurred_at AS counted_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id, answered_at,
  date_diff('minute', occurred_at, answered_at) / 60 AS hours, (answered_at <= occurred_at + INTERVAL 24 HOUR)::INTEGER AS counted, 1 AS of_all
FROM flagged_events
WHERE decision IN ('hold', 'block', 'freeze') AND answered_at >= occurred_at AND answered_at < $known_by
  AND occurred_at >= $starts AND occurred_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY hours DESC, event_id
