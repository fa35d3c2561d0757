-- How many alarmed rings stood at the start of each day of the window, by region.
SELECT day, region, standing, accounts, alarmed, broken, ended
FROM ring_days
WHERE day >= $starts AND day < $ends AND ($region IS NULL OR region = $region)
ORDER BY day, region
