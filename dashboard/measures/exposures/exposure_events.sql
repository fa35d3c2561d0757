-- Scored events of each day of the window, by region and country.
SELECT day, region, country, sum(events) AS exposure
FROM daily
WHERE day >= $starts AND day < $ends
GROUP BY day, region, country
