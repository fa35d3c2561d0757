-- Every policy of the fraud model that decided, newest first, whole, with since when it decides.
SELECT policy_version, created_as_of, CAST(document AS VARCHAR) AS document
FROM policies
WHERE (document->>'model') = 'fraud'
ORDER BY created_as_of DESC, policies.rowid DESC
