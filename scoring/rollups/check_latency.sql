-- How long the media of honest checks from $since to $until took, milliseconds: read always, where needed, or only printed.
SELECT
  road.name AS road,
  count(road.ms) AS checks,
  quantile_cont(road.ms, 0.5) AS p50,
  quantile_cont(road.ms, 0.95) AS p95,
  quantile_cont(road.ms, 0.99) AS p99
FROM check_facts
CROSS JOIN unnest([
  {'name': 'always media', 'ms': fingerprint_ms + media_ms},
  {'name': 'two stages', 'ms': fingerprint_ms + CASE WHEN stage = 'media' THEN media_ms ELSE 0 END},
  {'name': 'cheap only', 'ms': fingerprint_ms}
]) AS roads(road)
-- Without both times a check cannot be compared on all three roads.
WHERE is_ripe AND NOT is_attack
  AND fingerprint_ms IS NOT NULL AND media_ms IS NOT NULL
  AND occurred_at >= $since AND occurred_at < $until
GROUP BY road.name
ORDER BY list_position(['always media', 'two stages', 'cheap only'], road.name)
