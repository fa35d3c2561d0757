-- The newest model of each start, with the span of event times it scores; the first also scores all before it.
WITH newest AS (
  SELECT model, artefact, artefact_hash, valid_from
  FROM model_versions
  QUALIFY row_number() OVER (PARTITION BY model, valid_from ORDER BY model_versions.rowid DESC) = 1
)
SELECT
  model,
  artefact,
  artefact_hash,
  CASE
    WHEN row_number() OVER starts = 1 THEN TIMESTAMP '0001-01-01'
    ELSE valid_from
  END AS since,
  coalesce(lead(valid_from) OVER starts, TIMESTAMP '9999-01-01') AS until
FROM newest
WINDOW starts AS (PARTITION BY model ORDER BY valid_from)
ORDER BY model, valid_from
