-- Value of all transactions of each day of the window, by region and country.
SELECT day, region, country, sum(amount)::DOUBLE AS exposure
FROM daily
WHERE stream = 'transaction' AND amount > 0 AND day >= $starts AND day < $ends
GROUP BY day, region, country
