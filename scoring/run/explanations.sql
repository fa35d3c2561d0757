-- For each explained event where its score started and what would have changed the decision, by event.
CREATE OR REPLACE TABLE explanations AS
SELECT * FROM explanations WHERE event_id NOT IN (SELECT event_id FROM fresh_explanations)
UNION ALL
SELECT * FROM fresh_explanations
ORDER BY event_id
