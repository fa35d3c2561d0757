-- Why each explained event has its score, one row a reason, by event and rank.
CREATE OR REPLACE TABLE reasons AS
SELECT * FROM reasons WHERE event_id NOT IN (SELECT event_id FROM fresh_explanations)
UNION ALL
SELECT * FROM fresh_reasons
ORDER BY event_id, rank
