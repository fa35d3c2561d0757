-- The checks of one cluster of re-used media, in the order of time.
SELECT found.occurred_at, found.account_id, found.region, found.country, found.kinds, facts.purpose, facts.attempt, facts.device,
  facts.stage, facts.score, facts.decision, facts.species, found.event_id
FROM media_clusters AS found LEFT JOIN check_facts AS facts USING (event_id)
WHERE found.cluster_id = $cluster
ORDER BY found.occurred_at, found.event_id
