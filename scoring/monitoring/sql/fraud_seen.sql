-- The sampled fraud events from $since to $until with their features, and where and when they happened.
SELECT
  f.*,
  list_position($areas, watched.area) - 1 AS area_number,
  date_diff('week', $first_week, watched.week) AS week_number,
  watched.occurred_at < $valid_from AS is_before
FROM fraud_features AS f
JOIN watched USING (event_key)
WHERE watched.is_sampled
  AND watched.model = 'fraud'
  AND watched.occurred_at >= $since
  AND watched.occurred_at < $until
  AND list_contains($areas, watched.area)
