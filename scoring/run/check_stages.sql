-- How far the decision on each identity check had to look, by check.
CREATE OR REPLACE TABLE check_stages AS
WITH now AS (
  SELECT spine.event_id, fresh.cheap_score, CAST(fresh.stage AS VARCHAR) AS stage
  FROM fresh JOIN spine USING (event_key)
  WHERE fresh.stage IS NOT NULL
)
SELECT * FROM check_stages WHERE event_id NOT IN (SELECT event_id FROM now)
UNION ALL
SELECT * FROM now
ORDER BY event_id
