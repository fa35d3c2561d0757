-- How many rows each table of records holds: requests, cases, recoveries, appeals, audits and interventions.
SELECT 'requests' AS name, count(*) AS rows FROM desk_requests WHERE asker = 'authority'
UNION ALL SELECT 'cases', count(*) FROM cases
UNION ALL SELECT 'recoveries', count(*) FROM desk_claims
UNION ALL SELECT 'appeals', count(*) FROM appeals
UNION ALL SELECT 'audits', count(*) FROM audits
UNION ALL SELECT 'interventions', count(*) FROM interventions
ORDER BY name
