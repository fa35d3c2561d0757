-- The models that scored the events of the accounts, with the hash of each model's file as it was written.
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
  WHERE account_id IN (SELECT unnest($accounts::VARCHAR[])) AND occurred_at >= $since AND occurred_at <= $until
)
ORDER BY model_version
