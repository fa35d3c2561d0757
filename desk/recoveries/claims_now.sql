-- Every claim of a mistaken transfer as it stands: its newest step.
CREATE VIEW claims_now AS
SELECT step.*
FROM claim_steps AS step
WHERE NOT EXISTS (
  SELECT 1
  FROM claim_steps AS later
  WHERE later.claim_id = step.claim_id AND later.version = step.version + 1
)
