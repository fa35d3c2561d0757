-- Every alert of the last seven days that waited for an answer at the end of the period, the highest score first.
WITH now AS (SELECT max(last_seen) AS now FROM account_risk),
answered AS (
  SELECT DISTINCT event_id, account_id FROM labels, now WHERE coalesce(known_at, now) < $ends
)
SELECT occurred_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id
FROM flagged_events
WHERE occurred_at < $ends AND occurred_at >= $ends::TIMESTAMP - INTERVAL 7 DAY
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
  AND event_id NOT IN (SELECT event_id FROM answered WHERE event_id IS NOT NULL)
  AND (stream = 'liveness' OR account_id NOT IN (SELECT account_id FROM answered WHERE event_id IS NULL))
ORDER BY score DESC, event_id
