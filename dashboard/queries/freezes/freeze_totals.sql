-- The money side of freezes in one row: stopped now, under orders, and what happened in the window.
SELECT
  coalesce(sum(remaining) FILTER (status IN ('provisional', 'active')), 0) AS stopped,
  count(*) FILTER (status IN ('provisional', 'active')) AS stopped_freezes,
  coalesce(sum(remaining) FILTER (status IN ('provisional', 'active') AND kind = 'order'), 0) AS ordered,
  count(*) FILTER (status IN ('provisional', 'active') AND kind = 'order') AS ordered_freezes,
  coalesce(sum(amount) FILTER (placed_at >= $starts AND placed_at < $ends), 0) AS placed,
  count(*) FILTER (placed_at >= $starts AND placed_at < $ends) AS placed_freezes,
  coalesce(sum(released) FILTER (is_wrongful AND ended_at >= $starts AND ended_at < $ends), 0) AS wrongful,
  count(*) FILTER (is_wrongful AND ended_at >= $starts AND ended_at < $ends) AS wrongful_freezes,
  median(date_diff('minute', placed_at, ended_at) / 60) FILTER (is_wrongful AND ended_at >= $starts AND ended_at < $ends) AS hours
FROM desk_freezes
WHERE $region IS NULL OR region = $region
