-- Each model's spans of events that it scored and was not trained on, by area, with the time it came into force.
SELECT
  watched.model, watched.model_version, list(DISTINCT watched.area ORDER BY watched.area) AS areas,
  model_versions.valid_from, max(watched.occurred_at) AS until
FROM watched
JOIN model_versions USING (model_version)
WHERE watched.occurred_at >= model_versions.valid_from
GROUP BY ALL
ORDER BY watched.model, model_versions.valid_from, watched.model_version
