-- How much each reason moves scores: the mean of its absolute points over the random sample of events.
WITH sample AS MATERIALIZED (
  SELECT r.event_id, r.reason, r.points
  FROM sampled_reasons AS r
  WHERE r.model = $model AND r.occurred_at >= $starts AND r.occurred_at < $ends
    AND ($region IS NULL OR r.region = $region)
),
size AS (SELECT count(DISTINCT event_id) AS events FROM sample)
SELECT reason, sum(abs(points)) / any_value(size.events) AS importance,
       count(*) FILTER (points > 0) AS raised, count(*) FILTER (points < 0) AS lowered,
       any_value(size.events) AS events
FROM sample, size
GROUP BY reason
ORDER BY importance DESC, reason
