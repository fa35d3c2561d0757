-- Why an event has its score: every reason, the largest first, in probability points.
SELECT rank, reason, feature, value, normal, contribution, points, sentence
FROM reasons
-- The time leads to the rows in a table that is kept in its order.
WHERE occurred_at = $occurred_at AND event_id = $event_id
ORDER BY rank
