-- Confirmed incidents of the window by week, region and typology, known by the day the window is counted at.
SELECT region, coalesce(typology, 'unknown') AS kind, date_trunc('week', occurred_at)::DATE AS week, count(*) AS incidents
FROM incidents
WHERE occurred_at >= $starts AND occurred_at < $ends AND (known_at IS NULL OR known_at < $known_by)
GROUP BY ALL
ORDER BY ALL
