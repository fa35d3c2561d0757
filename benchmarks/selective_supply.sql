-- How many events of money and sign-ins each area had, and how many of those that were not blocked were crime.
SELECT
  coalesce(areas.area, scored.region) AS area,
  count(*) AS events,
  count(*) FILTER (truth.event_id IS NOT NULL AND NOT list_contains($blocking, decision)) AS passed_crime
FROM scored
LEFT JOIN areas ON areas.country = scored.country
LEFT JOIN read_parquet($truth) AS truth ON truth.event_id = scored.event_id
WHERE scored.stream <> 'liveness'
GROUP BY 1
ORDER BY 1
