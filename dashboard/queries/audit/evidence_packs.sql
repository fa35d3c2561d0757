-- Every pack of evidence that may be known of here, the newest first.
SELECT
  sealed.pack_id, sealed.object_kind, sealed.object_id, sealed.recorded_at, sealed.actor, sealed.role, sealed.why,
  sealed.pack_bytes, sealed.sha256,
  count(*) FILTER (entry.action = 'downloaded') AS downloads,
  count(*) FILTER (entry.action = 'handed_over') AS handed_over,
  arg_max(entry.to_whom, entry.number) AS holder
FROM desk_custody AS sealed
JOIN desk_custody AS entry ON entry.pack_id = sealed.pack_id
WHERE sealed.action = 'sealed'
GROUP BY ALL
ORDER BY sealed.recorded_at DESC, sealed.pack_id
