-- Settled transactions of the window by week and region.
SELECT region, date_trunc('week', day)::DATE AS week, sum(settled)::DOUBLE AS exposure
FROM daily
WHERE settled > 0 AND day >= $starts AND day < $ends
GROUP BY ALL
ORDER BY ALL
