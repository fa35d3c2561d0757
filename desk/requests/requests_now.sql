-- Every request as it stands: its newest step.
CREATE VIEW requests_now AS
SELECT step.*
FROM request_steps AS step
WHERE NOT EXISTS (
  SELECT 1
  FROM request_steps AS later
  WHERE later.request_id = step.request_id AND later.version = step.version + 1
)
