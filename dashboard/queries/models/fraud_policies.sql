-- Every policy of the fraud model that decides in $area, whole, the one in force first; a promoted model's only where it serves all.
SELECT policy_version, created_as_of, CAST(document AS VARCHAR) AS document
FROM policies
WHERE (document->>'model') = 'fraud'
  AND (
    (document->>'area') IS NULL
    OR (document->>'model_version') IN (
      SELECT model_version
      FROM (FROM promotions WHERE area = $area ORDER BY valid_from DESC, done_at DESC, promotions.rowid DESC LIMIT 1)
      WHERE share_percent = 100
    )
  )
ORDER BY (document->>'area') IS NULL, created_as_of DESC, policies.rowid DESC
