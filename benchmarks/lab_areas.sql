-- The $most areas with most events before $until, the largest first.
SELECT coalesce(areas.area, spine.region) AS area
FROM spine
LEFT JOIN areas ON areas.country = spine.country
WHERE spine.occurred_at < $until AND spine.region <> 'unknown'
GROUP BY 1
ORDER BY count(*) DESC, 1
LIMIT $most
