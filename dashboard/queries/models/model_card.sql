-- The card of the model $model_version, for everywhere or for one area.
SELECT card FROM model_versions WHERE model_version = $model_version
UNION ALL
SELECT card FROM challengers WHERE model_version = $model_version
