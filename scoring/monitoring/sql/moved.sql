-- The comparisons that moved, of all models, areas and weeks that are over by $watermark.
SELECT * EXCLUDE (parts)
FROM monitor_drift
WHERE is_moved AND week + INTERVAL 7 DAY <= $watermark
ORDER BY model, model_version, area, kind, subject, week
