-- The DET curve of every quarter and kind of attack, as `scoring/liveness_report.py` counts it.
CREATE OR REPLACE TABLE liveness_det AS
SELECT * FROM found_liveness_det
