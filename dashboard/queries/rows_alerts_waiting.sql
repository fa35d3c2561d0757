-- Every alert that waited for an answer at the end of the period, the highest score first.
WITH answered AS (
  SELECT DISTINCT event_id FROM labels WHERE event_id IS NOT NULL AND coalesce(known_at, TIMESTAMP '1970-01-01') < $ends
)
SELECT occurred_at, account_id, stream, kind, amount::DOUBLE AS amount, score, decision, sentence, region, country, event_id
FROM scored ANTI JOIN answered USING (event_id)
WHERE decision <> 'allow' AND occurred_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY score DESC, event_id
