-- How long the first stage and the pictures of bona fide checks of a window take, and whether pictures were read.
SELECT stage, fingerprint_ms, media_ms
FROM check_facts
WHERE NOT is_attack AND fingerprint_ms IS NOT NULL AND media_ms IS NOT NULL
  AND occurred_at >= CAST($starts AS TIMESTAMP) AND occurred_at < CAST($ends AS TIMESTAMP)
