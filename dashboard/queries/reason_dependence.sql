-- How the points of a reason depend on the value of its leading feature, over sampled and flagged events.
SELECT event_id, occurred_at, value, points, sentence
FROM reasons
WHERE model = $model AND reason = $reason AND feature = $feature AND value IS NOT NULL
  AND occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
ORDER BY hash(event_id), event_id
LIMIT $how_many
