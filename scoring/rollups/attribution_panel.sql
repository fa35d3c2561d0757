-- Confirmed incidents and settled transactions by place and whole week: a country with a measure of its own is a place.
WITH own AS (SELECT DISTINCT country FROM interventions WHERE country IS NOT NULL),
reach AS (
  -- Whole weeks only, and none so young that most of its incidents are not known yet.
  SELECT date_trunc('week', min(day) + INTERVAL 6 DAY) AS first_week,
         date_trunc('week', $watermark::TIMESTAMP - INTERVAL 30 DAY) AS last_week
  FROM daily
),
exposed AS (
  SELECT coalesce(own.country, region) AS place, date_trunc('week', day)::DATE AS week, sum(settled) AS exposure
  FROM daily LEFT JOIN own USING (country)
  GROUP BY ALL
),
counted AS (
  SELECT coalesce(own.country, region) AS place, date_trunc('week', occurred_at)::DATE AS week, count(*) AS incidents
  FROM incidents LEFT JOIN own USING (country)
  -- As known equally long after they happened, so that young weeks are no fall.
  WHERE known_at IS NULL OR known_at <= occurred_at + INTERVAL 30 DAY
  GROUP BY ALL
)
SELECT exposed.place, exposed.week, coalesce(counted.incidents, 0) AS incidents, exposed.exposure::DOUBLE AS exposure
FROM exposed
CROSS JOIN reach
LEFT JOIN counted USING (place, week)
WHERE exposed.week >= reach.first_week AND exposed.week < reach.last_week
ORDER BY exposed.place, exposed.week
