-- For each area the model that scores it now, and the confirmed labels known when it was trained and since.
WITH newest AS (
  SELECT model, area, arg_max(model_version, occurred_at) AS model_version
  FROM watched
  GROUP BY ALL
), trained AS (
  SELECT model_version, trained_as_of FROM model_versions
  UNION ALL
  SELECT model_version, trained_as_of FROM challengers
), known AS (
  SELECT model, area, known_at, count(*) AS crimes
  FROM watched
  WHERE outcome = 'confirmed' AND known_at <= $watermark
  GROUP BY ALL
)
SELECT
  newest.model, newest.area, newest.model_version, trained.trained_as_of,
  CAST(coalesce(sum(crimes) FILTER (known_at <= trained_as_of), 0) AS BIGINT) AS labels_before,
  CAST(coalesce(sum(crimes) FILTER (known_at > trained_as_of), 0) AS BIGINT) AS labels_since
FROM newest
JOIN trained USING (model_version)
LEFT JOIN known ON known.model = newest.model AND known.area = newest.area
GROUP BY ALL
ORDER BY newest.model, newest.area
