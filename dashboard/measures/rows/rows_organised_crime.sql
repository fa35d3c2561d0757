-- Every ring with at least three accounts and two kinds of tie that committed a crime in the window, once a region, by one of its crimes there, drawn by its name.
SELECT arg_min(occurred_at, md5(incident_id)) AS counted_at, min(known_at) AS known_at, ring_id, arg_min(typology, md5(incident_id)) AS typology, max(ring_accounts) AS accounts,
  count(*) AS incidents, sum(amount)::DOUBLE AS amount, region, arg_min(country, md5(incident_id)) AS country, 1 AS counted
FROM incidents
WHERE ring_accounts >= 3 AND tie_kinds >= 2
  AND occurred_at >= $starts AND occurred_at < $ends AND (known_at IS NULL OR known_at < $known_by)
  AND ($region IS NULL OR region = $region)
GROUP BY ring_id, region
-- A ring that struck in two countries of a region counts in the one that was drawn, not in both.
HAVING $country IS NULL OR arg_min(incidents.country, md5(incident_id)) = $country
ORDER BY counted_at DESC, ring_id, region
