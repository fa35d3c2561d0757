-- Every case as it stands: its newest step.
CREATE VIEW cases_now AS
SELECT step.*
FROM case_steps AS step
WHERE NOT EXISTS (
  SELECT 1 FROM case_steps AS later WHERE later.case_id = step.case_id AND later.version = step.version + 1
)
