-- Every confirmed incident of the window, the newest first, known by the day the window is counted at.
SELECT occurred_at AS counted_at, known_at, incident_id, typology, accounts, events, amount::DOUBLE AS amount, region, country, is_organised, ring_id, 1 AS counted
FROM incidents
WHERE occurred_at >= $starts AND occurred_at < $ends AND (known_at IS NULL OR known_at < $known_by)
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY counted_at DESC, incident_id
