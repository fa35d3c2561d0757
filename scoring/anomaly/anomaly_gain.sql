-- What anomaly alerts found beside the fraud model, as measured now.
CREATE OR REPLACE TABLE anomaly_gain AS
SELECT * FROM found ORDER BY area, quarter NULLS FIRST
