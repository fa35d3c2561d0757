-- The points of the strongest reasons over some hundreds of sampled events, each with where its value stands among the others.
WITH sample AS MATERIALIZED (
  SELECT r.event_id, r.occurred_at, r.reason, r.feature, r.value, r.points, r.sentence
  FROM sampled_reasons AS r
  WHERE r.model = $model AND r.occurred_at >= $starts AND r.occurred_at < $ends
    AND ($region IS NULL OR r.region = $region)
),
-- The same events at every look: the order of a hash, not of chance.
chosen AS (SELECT DISTINCT event_id FROM sample ORDER BY hash(event_id), event_id LIMIT $how_many),
strongest AS (SELECT reason, sum(abs(points)) AS weight FROM sample GROUP BY reason ORDER BY weight DESC, reason LIMIT $reasons)
SELECT sample.event_id, sample.reason, sample.feature, sample.value, sample.points, sample.sentence,
       CASE WHEN sample.value IS NOT NULL THEN
         percent_rank() OVER (PARTITION BY sample.reason, sample.feature, sample.value IS NULL ORDER BY sample.value) END AS standing
FROM sample JOIN chosen USING (event_id) JOIN strongest USING (reason)
ORDER BY strongest.weight DESC, sample.reason, sample.event_id
