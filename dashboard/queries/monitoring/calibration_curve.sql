-- Expected and observed shares of crime by bin of scores of the newest judged model in $area; bin -1 is all together.
SELECT *
FROM monitor_calibration
WHERE area = $area AND model = $model
QUALIFY model_version = last_value(model_version) OVER (
  ORDER BY model_version ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
)
ORDER BY bin
