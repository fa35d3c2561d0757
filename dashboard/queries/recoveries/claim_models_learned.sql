-- How well false claims were found by the model and by the rules, month by month, the newest first.
SELECT
  version, as_of, learned_from, false_claims, is_used, because, judged, judged_false,
  auc, auc_low, auc_high, rule_auc, precision, precision_low, precision_high, rule_precision,
  gain, gain_low, gain_high
FROM claim_models
ORDER BY as_of DESC
