-- Error rates of identity checks by quarter, cut and operating point, as `scoring/liveness_report.py` counts them.
CREATE OR REPLACE TABLE liveness_errors AS
SELECT * FROM found_liveness_errors
