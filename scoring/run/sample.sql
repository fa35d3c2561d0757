-- Which of the fresh events are explained: those not allowed, and a stable random sample of each model's quarters.
WITH size AS (
  SELECT
    stream = 'liveness' AS is_check,
    date_trunc('quarter', occurred_at) AS quarter,
    count(*) AS events
  FROM spine
  GROUP BY ALL
),
drawn AS (
  SELECT
    fresh.event_key,
    fresh.decision <> 'allow' AS is_flagged,
    -- By the hash of the id: the same event is drawn whenever it is scored.
    md5_number_lower(spine.event_id) % 1000000
      < 1000000 * least($most, greatest($fewest, $share * size.events)) / size.events AS is_sample
  FROM fresh
  JOIN spine USING (event_key)
  JOIN size ON size.is_check = (spine.stream = 'liveness')
    AND size.quarter = date_trunc('quarter', spine.occurred_at)
)
SELECT event_key, is_sample
FROM drawn
WHERE is_flagged OR is_sample
