-- Where the checks with re-used media of the window were made: by country, how many checks, accounts and clusters.
SELECT country, first(region) AS region, count(*) AS checks, count(DISTINCT account_id) AS accounts, count(DISTINCT cluster_id) AS clusters
FROM media_clusters
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  AND ($cluster IS NULL OR cluster_id = $cluster)
GROUP BY country
ORDER BY checks DESC, country
