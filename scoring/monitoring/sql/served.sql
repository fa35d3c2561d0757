-- Each model's spans of events that it scored and was not trained on, by area, with the time it came into force.
WITH known AS (
  SELECT model_version, valid_from FROM model_versions
  UNION ALL
  -- A challenger serves its area since it was promoted there.
  SELECT model_version, min(valid_from) FROM promotions GROUP BY model_version
)
SELECT
  watched.model, watched.model_version, list(DISTINCT watched.area ORDER BY watched.area) AS areas,
  known.valid_from, max(watched.occurred_at) AS until
FROM watched
JOIN known USING (model_version)
WHERE watched.occurred_at >= known.valid_from
GROUP BY ALL
ORDER BY watched.model, known.valid_from, watched.model_version
