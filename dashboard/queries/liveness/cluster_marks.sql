-- When the checks of some clusters of re-used media were made, and how each was decided.
SELECT found.cluster_id, found.event_id, found.account_id, found.occurred_at, found.country, facts.decision, facts.species
FROM media_clusters AS found LEFT JOIN check_facts AS facts USING (event_id)
WHERE list_contains($clusters, found.cluster_id)
ORDER BY found.occurred_at, found.event_id
