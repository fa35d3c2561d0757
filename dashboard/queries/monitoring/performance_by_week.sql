-- Foretold and confirmed precision of alerts of $model in $area, week by week.
SELECT
  since, model_version, alerts, judged, arrived,
  foretold_precision, foretold_precision_low, foretold_precision_high,
  confirmed_precision, confirmed_precision_low, confirmed_precision_high
FROM monitor_performance
WHERE area = $area AND model = $model AND grain = 'week' AND cut = 'all'
ORDER BY since, model_version
