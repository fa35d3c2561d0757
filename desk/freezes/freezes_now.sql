-- Every freeze as it stands: its newest step.
CREATE VIEW freezes_now AS
SELECT step.*
FROM freeze_steps AS step
WHERE NOT EXISTS (
  SELECT 1
  FROM freeze_steps AS later
  WHERE later.freeze_id = step.freeze_id AND later.version = step.version + 1
)
