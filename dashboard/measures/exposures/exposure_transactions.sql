-- Settled transactions of each day of the window, by region and country.
SELECT day, region, country, sum(settled) AS exposure
FROM daily
WHERE settled > 0 AND day >= $starts AND day < $ends
GROUP BY day, region, country
