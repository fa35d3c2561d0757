-- The newest event that was blocked or frozen, or else the newest that was not allowed at all.
SELECT event_id, account_id FROM flagged_events
WHERE ($model IS NULL OR model = $model) AND ($region IS NULL OR region = $region)
ORDER BY decision IN ('block', 'freeze') DESC, occurred_at DESC, event_id
LIMIT 1
