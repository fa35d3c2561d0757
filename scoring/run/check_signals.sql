-- What single signals added to the score of each explained identity check, by check and strength.
CREATE OR REPLACE TABLE check_signals AS
SELECT * FROM check_signals WHERE event_id NOT IN (SELECT event_id FROM fresh_explanations)
UNION ALL
SELECT * FROM fresh_signals
ORDER BY event_id, abs(points) DESC
