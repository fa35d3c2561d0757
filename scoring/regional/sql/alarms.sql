-- The newest alarm of each area up to $now that a model can learn from: not a broken sensor, not missing data.
SELECT area, arg_max(kind, raised_at), max(raised_at)
FROM monitor_alarms
WHERE raised_at <= $now
  AND model = 'fraud'
  AND kind IN ('drift', 'score', 'calibration', 'foretold', 'contradicted', 'new_typology')
GROUP BY area
