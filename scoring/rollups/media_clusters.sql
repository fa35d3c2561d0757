-- Every identity check that hangs together with others by re-used media, cluster by cluster in the order of time.
CREATE OR REPLACE TABLE media_clusters AS
SELECT
  found.cluster_id,
  found.event_id,
  checks.account_id,
  checks.occurred_at,
  checks.region,
  checks.country,
  found.kinds
FROM found_clusters AS found
JOIN scored AS checks ON checks.event_id = found.event_id AND checks.stream = 'liveness'
ORDER BY min(checks.occurred_at) OVER (PARTITION BY found.cluster_id), found.cluster_id, checks.t, checks.event_key
