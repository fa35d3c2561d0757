-- Why each of those events has its score, the strongest reason first.
SELECT
  reasons.event_id, rank, reasons.reason, feature, value, normal, contribution, points, reasons.sentence
FROM reasons
WHERE reasons.event_id IN (
  SELECT flagged_events.event_id
  FROM flagged_events
  SEMI JOIN (SELECT account_id FROM ring_members WHERE ring_id = $object_id) AS members USING (account_id)
)
ORDER BY reasons.event_id, rank
