-- Clusters of re-used media that had a check in the window, or the one named: how many accounts, and what those that came in moved afterwards.
WITH touched AS (
  SELECT DISTINCT cluster_id FROM media_clusters
  WHERE CASE WHEN $cluster IS NULL
    THEN occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
    ELSE cluster_id = $cluster END
),
seen AS (
  SELECT found.cluster_id, count(*) AS checks, count(DISTINCT found.account_id) AS accounts,
    min(found.occurred_at) AS first_seen, max(found.occurred_at) AS last_seen,
    count(*) FILTER (facts.is_attack) AS confirmed,
    array_to_string(list_sort(list_distinct(list(replace(regexp_replace(facts.species, '^(presentation|injection)_', ''), '_', ' ')))), ', ') AS species_seen,
    array_to_string(list_sort(list_distinct(list(coalesce(places.name, found.region)))), ', ') AS regions,
    array_to_string(list_sort(list_distinct(flatten(list(string_split(found.kinds, ','))))), ', ') AS kinds
  FROM media_clusters AS found JOIN touched USING (cluster_id) LEFT JOIN check_facts AS facts USING (event_id)
    LEFT JOIN regions AS places ON places.region = found.region
  GROUP BY found.cluster_id
),
money AS (
  SELECT cluster_id, count(*) FILTER (has_passed) AS came_in,
    coalesce(sum(moved_in) FILTER (has_passed), 0)::DOUBLE AS moved_in,
    coalesce(sum(moved_out) FILTER (has_passed), 0)::DOUBLE AS moved_out,
    coalesce(sum(stopped_out), 0)::DOUBLE AS stopped_out
  FROM cluster_accounts JOIN touched USING (cluster_id)
  GROUP BY cluster_id
)
SELECT cluster_id, accounts, came_in, checks, confirmed, kinds, species_seen, regions, first_seen, last_seen, moved_in, moved_out, stopped_out
FROM seen LEFT JOIN money USING (cluster_id)
ORDER BY moved_out DESC NULLS LAST, accounts DESC, checks DESC, cluster_id
