-- Each region's freezes in the window and in the one before: stopped, given back, handed over, wrongful, hours.
WITH windows AS (
  SELECT 'now' AS part, $starts::TIMESTAMP AS starts, $ends::TIMESTAMP AS ends
  UNION ALL
  SELECT 'before', $base_starts::TIMESTAMP, $base_ends::TIMESTAMP
),
moved AS (
  SELECT whole.region, windows.part,
         sum(moves.amount) FILTER (moves.target = 'released') AS released,
         sum(moves.amount) FILTER (moves.target = 'seized') AS seized
  FROM desk_transfers AS moves
  JOIN desk_freezes AS whole ON whole.freeze_id = moves.object_id
  JOIN windows ON moves.done_at >= windows.starts AND moves.done_at < windows.ends
  WHERE moves.object_kind = 'freeze'
  GROUP BY ALL
),
frozen AS (
  SELECT region, part,
         sum(amount) FILTER (placed_at >= starts AND placed_at < ends) AS placed,
         count(*) FILTER (is_wrongful AND ended_at >= starts AND ended_at < ends) AS wrongful,
         sum(released) FILTER (is_wrongful AND ended_at >= starts AND ended_at < ends) AS wrongful_value,
         median(date_diff('minute', placed_at, ended_at) / 60) FILTER (is_wrongful AND ended_at >= starts AND ended_at < ends) AS hours
  FROM desk_freezes CROSS JOIN windows
  GROUP BY ALL
),
stopped AS (
  SELECT region, sum(remaining) AS stopped
  FROM desk_freezes
  WHERE status IN ('provisional', 'active')
  GROUP BY region
)
SELECT
  frozen.region,
  coalesce(any_value(stopped.stopped), 0) AS stopped,
  coalesce(sum(placed) FILTER (frozen.part = 'now'), 0) AS placed,
  coalesce(sum(placed) FILTER (frozen.part = 'before'), 0) AS placed_before,
  coalesce(sum(moved.released) FILTER (frozen.part = 'now'), 0) AS released,
  coalesce(sum(moved.released) FILTER (frozen.part = 'before'), 0) AS released_before,
  coalesce(sum(moved.seized) FILTER (frozen.part = 'now'), 0) AS seized,
  sum(wrongful) FILTER (frozen.part = 'now') AS wrongful,
  sum(wrongful) FILTER (frozen.part = 'before') AS wrongful_before,
  coalesce(sum(wrongful_value) FILTER (frozen.part = 'now'), 0) AS wrongful_value,
  max(hours) FILTER (frozen.part = 'now') AS hours,
  max(hours) FILTER (frozen.part = 'before') AS hours_before
FROM frozen
LEFT JOIN moved ON moved.region = frozen.region AND moved.part = frozen.part
LEFT JOIN stopped ON stopped.region = frozen.region
GROUP BY frozen.region
ORDER BY placed DESC, frozen.region
