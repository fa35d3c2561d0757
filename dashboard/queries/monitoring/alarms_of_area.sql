-- The alarms of monitoring in $area and of everywhere, the newest first.
SELECT alarm_id, raised_at, area, model, kind, subject, severity, sentence, value, value_limit, events, others, model_version
FROM monitor_alarms
WHERE area IN ($area, 'everywhere')
ORDER BY raised_at DESC, severity, alarm_id
