-- Every confirmed incident of the period, the newest first, known by the day the period is counted at.
SELECT occurred_at, known_at, incident_id, typology, is_organised, accounts, events, amount::DOUBLE AS amount, region, country
FROM incidents
WHERE occurred_at >= $starts AND occurred_at < $ends AND (known_at IS NULL OR known_at < $known_by)
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY occurred_at DESC, incident_id
