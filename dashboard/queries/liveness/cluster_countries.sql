-- Where checks with re-used media were made, in the window or of one cluster: by country, how many checks, accounts and clusters.
SELECT country, first(region) AS region, count(*) AS checks, count(DISTINCT account_id) AS accounts, count(DISTINCT cluster_id) AS clusters
FROM media_clusters
WHERE CASE WHEN $cluster IS NULL
  THEN occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  ELSE cluster_id = $cluster END
GROUP BY country
ORDER BY checks DESC, country
