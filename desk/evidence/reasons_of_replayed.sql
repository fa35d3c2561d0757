-- Why each event that was scored again has its score, the strongest reason first.
SELECT
  reasons.event_id, rank, reasons.reason, feature, value, normal, contribution, points, reasons.sentence
FROM reasons
WHERE reasons.occurred_at >= $since AND reasons.occurred_at <= $until
  AND reasons.event_id IN (SELECT unnest($replayed::VARCHAR[]))
ORDER BY reasons.event_id, rank
