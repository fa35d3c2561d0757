-- Every fraud model that was ever made for everywhere or for $area (all areas with none), the newest first.
WITH served AS (
  SELECT model_version, count(*) AS events, min(occurred_at) AS first_event, max(occurred_at) AS last_event
  FROM scored
  WHERE stream <> 'liveness' AND model_version IS NOT NULL
  GROUP BY ALL
),
made AS (
  SELECT
    model_version, CAST(NULL AS VARCHAR) AS area, 'champion' AS kind, CAST(NULL AS VARCHAR) AS parent,
    trained_as_of, window_from, window_to, artefact_hash, metrics, CAST(NULL AS VARCHAR) AS fingerprint
  FROM model_versions
  WHERE model = 'fraud'
  UNION ALL
  SELECT
    model_version, area, kind, parent,
    trained_as_of, window_from, window_to, artefact_hash, metrics, fingerprint
  FROM challengers
  WHERE $area IS NULL OR area = $area
)
SELECT
  made.model_version,
  made.area,
  made.kind,
  made.parent,
  made.trained_as_of,
  made.window_from,
  made.window_to,
  CAST(made.metrics->>'$.held_out.average_precision.value' AS DOUBLE) AS average_precision,
  CAST(made.metrics->>'$.held_out.cases' AS BIGINT) AS held_out_cases,
  verdicts.verdict,
  coalesce(served.events, 0) AS events_decided,
  served.first_event,
  served.last_event,
  made.fingerprint,
  made.artefact_hash
FROM made
LEFT JOIN verdicts USING (model_version)
LEFT JOIN served USING (model_version)
ORDER BY made.trained_as_of DESC, made.area NULLS FIRST, made.kind
