-- The cluster of re-used media that a check is in, with its accounts and what those that came in moved afterwards.
WITH mine AS (SELECT cluster_id FROM media_clusters WHERE event_id = $event_id LIMIT 1)
SELECT mine.cluster_id,
  (SELECT count(*) FROM media_clusters AS seen WHERE seen.cluster_id = mine.cluster_id) AS checks,
  count(account_id) AS accounts, count(*) FILTER (has_passed) AS came_in,
  coalesce(sum(moved_out) FILTER (has_passed), 0)::DOUBLE AS moved_out, coalesce(sum(stopped_out), 0)::DOUBLE AS stopped_out
FROM mine LEFT JOIN cluster_accounts USING (cluster_id)
GROUP BY mine.cluster_id
