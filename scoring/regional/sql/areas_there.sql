-- Every area that money or sign-ins come from, by name.
SELECT DISTINCT coalesce(areas.area, spine.region) AS area
FROM spine
LEFT JOIN areas ON areas.country = spine.country
WHERE spine.stream <> 'liveness'
ORDER BY 1
