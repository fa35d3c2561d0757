-- The SHA-256 of the file of the challenger $model_version.
SELECT artefact_hash
FROM challengers
WHERE model_version = $model_version
