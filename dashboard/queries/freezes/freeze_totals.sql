-- The money that freezes hold now, and what of it authorities ordered.
SELECT
  coalesce(sum(remaining), 0) AS stopped,
  count(*) AS stopped_freezes,
  coalesce(sum(ordered), 0) AS ordered,
  count(*) FILTER (ordered > 0) AS ordered_freezes
FROM desk_freezes
WHERE status IN ('provisional', 'active') AND ($region IS NULL OR region = $region)
