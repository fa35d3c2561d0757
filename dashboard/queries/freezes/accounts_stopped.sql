-- The accounts by how much of their money is stopped now, the most first.
SELECT account_id, sum(remaining) FILTER (status IN ('provisional', 'active')) AS stopped, count(*) AS freezes,
       any_value(region) AS region, any_value(country) AS country
FROM desk_freezes
WHERE $region IS NULL OR region = $region
GROUP BY account_id
ORDER BY stopped DESC NULLS LAST, account_id
