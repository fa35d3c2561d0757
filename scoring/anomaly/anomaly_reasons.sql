-- Reasons of anomaly alerts: those served before, and those of alerts on events not judged before.
CREATE OR REPLACE TABLE anomaly_reasons AS
SELECT * FROM anomaly_reasons
UNION ALL
SELECT * FROM found WHERE event_id NOT IN (SELECT event_id FROM anomalies)
ORDER BY event_id, rank
