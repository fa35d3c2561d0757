-- Every fraud event of $areas since $since that came after $after was read, with its features and area.
SELECT
  f.*,
  1.0 AS event_in_area,
  spine.occurred_at,
  coalesce(areas.area, spine.region) AS area
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
WHERE spine.occurred_at >= $since
  AND f.event_key > $after
  AND list_contains($areas, coalesce(areas.area, spine.region))
