-- The newest events of the accounts that were not allowed, and those named, at most $most_replayed of them.
SELECT event_key, event_id
FROM scored
WHERE account_id IN (SELECT unnest($accounts::VARCHAR[]))
  AND occurred_at >= $since AND occurred_at <= $until
  AND (decision <> 'allow' OR event_id IN (SELECT unnest($events::VARCHAR[])))
  AND model_version IS NOT NULL
ORDER BY occurred_at DESC, event_id
LIMIT $most_replayed
