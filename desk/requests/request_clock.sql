-- How a request stands at a moment: on_time, at_risk or breached; one that has ended, as it stood when it did.
CREATE OR REPLACE MACRO request_clock(answered, at_risk, due, moment) AS
CASE
  WHEN least(moment, coalesce(answered, moment)) > due THEN 'breached'
  WHEN answered IS NOT NULL OR moment < at_risk THEN 'on_time'
  ELSE 'at_risk'
END
