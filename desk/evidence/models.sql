-- The models that scored the events of the ring's accounts, with the hash of each model's file.
SELECT model_version, model, valid_from, trained_as_of, window_from, window_to, artefact, artefact_hash
FROM (
  SELECT model_version, model, valid_from, trained_as_of, window_from, window_to, artefact, artefact_hash
  FROM model_versions
  UNION ALL
  -- A model promoted for one area serves from its promotion on; it was good from the instant it was made as of.
  SELECT model_version, 'fraud', trained_as_of, trained_as_of, window_from, window_to, artefact, artefact_hash
  FROM challengers
)
WHERE model_version IN (
  SELECT model_version
  FROM scored
  SEMI JOIN (SELECT account_id FROM ring_members WHERE ring_id = $ring_id) AS members USING (account_id)
)
ORDER BY model_version
