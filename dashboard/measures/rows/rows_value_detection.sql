-- Every movement of money of the window that is known as crime, the largest first, with what was stopped of it.
SELECT occurred_at AS counted_at, known_at, account_id, kind, typology, amount::DOUBLE AS amount, score, decision, region, country, event_id, incident_id,
  CASE WHEN decision IN ('hold', 'block', 'freeze') THEN amount::DOUBLE ELSE 0 END AS counted, amount::DOUBLE AS of_all
FROM confirmed_events
WHERE amount > 0 AND occurred_at >= $starts AND occurred_at < $ends AND known_at < $known_by
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY amount DESC, event_id
