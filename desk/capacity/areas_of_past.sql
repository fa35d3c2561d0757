-- Which areas have events that the fraud model scored and a policy decided from $since to $until?
SELECT DISTINCT coalesce(areas.area, scored.region) AS area
FROM scored
LEFT JOIN areas ON areas.country = scored.country
WHERE scored.model = 'fraud' AND scored.policy_version IS NOT NULL
  AND scored.occurred_at >= $since AND scored.occurred_at < $until
ORDER BY area
