-- Every model that was promoted for an area, with the first time from which it served.
SELECT
  challengers.area,
  challengers.kind,
  challengers.artefact,
  challengers.artefact_hash,
  min(promotions.valid_from) AS since
FROM promotions
JOIN challengers USING (model_version)
WHERE promotions.kind <> 'rolled_back'
GROUP BY ALL
ORDER BY ALL
