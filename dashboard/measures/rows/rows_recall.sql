-- Every event of the window that is known as crime, those that the policy had not allowed counted, the newest first.
SELECT occurred_at AS counted_at, known_at, account_id, stream, kind, typology, amount::DOUBLE AS amount, score, decision, region, country, event_id, incident_id,
  (decision <> 'allow')::INTEGER AS counted, 1 AS of_all
FROM confirmed_events
WHERE occurred_at >= $starts AND occurred_at < $ends AND known_at < $known_by
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY counted_at DESC, event_id
