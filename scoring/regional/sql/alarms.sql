-- The newest alarm of drift of each area up to $now.
SELECT area, arg_max(kind, raised_at), max(raised_at)
FROM monitor_alarms
WHERE raised_at <= $now
GROUP BY area
