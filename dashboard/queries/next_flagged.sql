-- The flagged event of a model that happened last before a given one.
SELECT event_id, account_id FROM flagged_events
WHERE model = $model AND ($region IS NULL OR region = $region)
  AND (occurred_at < $occurred_at OR (occurred_at = $occurred_at AND event_id > $event_id))
ORDER BY occurred_at DESC, event_id
LIMIT 1
