-- The fraud model for everywhere that is in force at $at; before the first, that one.
SELECT coalesce(
  (SELECT arg_max(model_version, valid_from) FROM model_versions WHERE model = 'fraud' AND valid_from <= $at),
  (SELECT arg_min(model_version, valid_from) FROM model_versions WHERE model = 'fraud')
)
