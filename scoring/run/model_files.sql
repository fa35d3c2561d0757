-- Every model that may have scored an event, its file with the hash as written, and its kind where it is of an area.
SELECT model_version, model, NULL AS kind, artefact, artefact_hash FROM model_versions
UNION ALL
SELECT model_version, 'fraud', kind, artefact, artefact_hash FROM challengers
