-- Every challenger as of $as_of or later, and the newest event that it has a shadow score of.
SELECT
  challengers.model_version,
  challengers.area,
  challengers.kind,
  challengers.parent,
  challengers.trained_as_of,
  challengers.artefact,
  challengers.artefact_hash,
  coalesce(seen.newest, 0) AS newest
FROM challengers
LEFT JOIN (
  SELECT model_version, max(event_key) AS newest FROM shadow_scores GROUP BY model_version
) AS seen USING (model_version)
WHERE challengers.trained_as_of >= $as_of
ORDER BY challengers.area, challengers.trained_as_of, challengers.kind
