-- Every honest check of the window whose pictures were measured, with the time that it took, the slowest first.
SELECT occurred_at, account_id, region, stage, fingerprint_ms, media_ms,
  fingerprint_ms + CASE WHEN stage = 'media' THEN media_ms ELSE 0 END AS decided_ms, event_id
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  AND is_ripe AND NOT is_attack AND fingerprint_ms IS NOT NULL AND media_ms IS NOT NULL
ORDER BY decided_ms DESC, event_id
