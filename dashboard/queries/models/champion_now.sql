-- The newest fraud model for everywhere, which decides wherever no promoted model does.
SELECT model_version, trained_as_of
FROM model_versions
WHERE model = 'fraud'
ORDER BY valid_from DESC, model_versions.rowid DESC
LIMIT 1
