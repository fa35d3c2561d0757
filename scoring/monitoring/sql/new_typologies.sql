-- Kinds of crime in an area whose model had never seen them, with when so many labels of so many accounts had come.
WITH crimes AS (
  SELECT watched.model, watched.model_version, area, typology, account_id, watched.event_id, known_at
  FROM watched
  WHERE outcome = 'confirmed' AND typology IS NOT NULL AND known_at <= $watermark AND NOT is_in_training
), taught AS (
  SELECT DISTINCT trained.model_version, watched.typology
  FROM watched
  JOIN (
    SELECT model, model_version, trained_as_of FROM model_versions
    UNION ALL
    SELECT 'fraud', model_version, trained_as_of FROM challengers
  ) AS trained ON trained.model = watched.model AND watched.known_at <= trained.trained_as_of
  WHERE outcome = 'confirmed' AND typology IS NOT NULL
), new AS (
  SELECT
    crimes.*,
    row_number() OVER (PARTITION BY model_version, typology ORDER BY known_at, event_id) AS place,
    -- Each account counts when it is first named.
    sum(CASE WHEN is_first_of_account THEN 1 ELSE 0 END) OVER (
      PARTITION BY model_version, typology ORDER BY known_at, event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS accounts
  FROM (
    SELECT *, row_number() OVER (PARTITION BY model_version, typology, account_id ORDER BY known_at, event_id) = 1
      AS is_first_of_account
    FROM crimes
  ) AS crimes
  ANTI JOIN taught USING (model_version, typology)
)
SELECT
  model, model_version, mode(area) AS area, typology,
  min(known_at) FILTER (place >= $fewest_labels AND accounts >= $fewest_accounts) AS raised_at,
  count(*) AS labels
FROM new
GROUP BY model, model_version, typology
HAVING raised_at IS NOT NULL
ORDER BY raised_at, typology
