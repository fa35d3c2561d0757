-- Judged events: those served before as they were served, and those found now.
CREATE OR REPLACE TABLE anomalies AS
SELECT * FROM anomalies
UNION ALL
SELECT * FROM found WHERE event_key NOT IN (SELECT event_key FROM anomalies)
ORDER BY account_id, occurred_at, event_id
