-- How many fraud events and known cases of each area happened from $since to $until.
SELECT
  coalesce(areas.area, spine.region) AS area,
  count(*) AS events,
  count(*) FILTER (truth.outcome = 'confirmed') AS cases
FROM spine
LEFT JOIN areas ON areas.country = spine.country
LEFT JOIN truth USING (event_id)
WHERE list_contains($streams, spine.stream) AND spine.occurred_at >= $since AND spine.occurred_at < $until
GROUP BY ALL
ORDER BY ALL
