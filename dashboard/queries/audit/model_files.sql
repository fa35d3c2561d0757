-- Which models and challengers are kept, each with the SHA-256 of its file?
SELECT model_version, artefact_hash
FROM model_versions
UNION
SELECT model_version, artefact_hash
FROM challengers
ORDER BY model_version
