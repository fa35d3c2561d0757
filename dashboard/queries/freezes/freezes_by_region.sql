-- Each region's holds and freezes in the window and the one before, as the measures count them, and what is stopped now.
WITH windows AS (
  SELECT 'now' AS part, $starts::TIMESTAMP AS starts, $ends::TIMESTAMP AS ends, $known_by::TIMESTAMP AS known_by
  UNION ALL
  SELECT 'before', $base_starts::TIMESTAMP, $base_ends::TIMESTAMP, $base_known_by::TIMESTAMP
),
facts AS (
  SELECT 'stopped' AS what, region, 'now' AS part, remaining AS amount, NULL::DOUBLE AS hours
  FROM desk_freezes
  WHERE status IN ('provisional', 'active')
  UNION ALL
  SELECT 'placed', region, part, amount, NULL
  FROM freezes JOIN windows ON placed_at >= starts AND placed_at < ends
  UNION ALL
  SELECT 'wrongful', region, part, amount, NULL
  FROM freezes JOIN windows ON placed_at >= starts AND placed_at < ends AND judged_at < known_by
  WHERE is_wrongful
  UNION ALL
  SELECT 'ended', region, part, amount, date_diff('minute', placed_at, ended_at) / 60
  FROM freezes JOIN windows ON ended_at >= starts AND ended_at < ends
  WHERE is_wrongful AND state = 'released'
  UNION ALL
  SELECT 'released', region, part, amount, NULL
  FROM releases JOIN windows ON released_at >= starts AND released_at < ends
  UNION ALL
  SELECT 'seized', whole.region, part, moved.amount, NULL
  FROM desk_transfers AS moved
  JOIN desk_freezes AS whole ON moved.object_kind = 'freeze' AND whole.freeze_id = moved.object_id
  JOIN windows ON moved.done_at >= starts AND moved.done_at < ends
  WHERE moved.target = 'seized'
)
SELECT
  region,
  coalesce(sum(amount) FILTER (what = 'stopped'), 0) AS stopped,
  coalesce(sum(amount) FILTER (what = 'placed' AND part = 'now'), 0) AS placed,
  coalesce(sum(amount) FILTER (what = 'placed' AND part = 'before'), 0) AS placed_before,
  coalesce(sum(amount) FILTER (what = 'released' AND part = 'now'), 0) AS released,
  coalesce(sum(amount) FILTER (what = 'released' AND part = 'before'), 0) AS released_before,
  coalesce(sum(amount) FILTER (what = 'seized' AND part = 'now'), 0) AS seized,
  count(*) FILTER (what = 'wrongful' AND part = 'now') AS wrongful,
  count(*) FILTER (what = 'wrongful' AND part = 'before') AS wrongful_before,
  coalesce(sum(amount) FILTER (what = 'wrongful' AND part = 'now'), 0) AS wrongful_value,
  median(hours) FILTER (what = 'ended' AND part = 'now') AS hours,
  median(hours) FILTER (what = 'ended' AND part = 'before') AS hours_before
FROM facts
GROUP BY region
ORDER BY placed DESC, stopped DESC, region
