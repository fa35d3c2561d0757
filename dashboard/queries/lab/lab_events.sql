-- The events with the numbers in $keys, newest first: what decided them, and what they turned out to be.
SELECT scored.event_id, scored.occurred_at, scored.account_id, scored.kind, scored.amount, scored.score,
  scored.decision, confirmed_events.typology
FROM scored
LEFT JOIN confirmed_events USING (event_id)
WHERE scored.event_key IN (SELECT unnest($keys))
ORDER BY scored.occurred_at DESC, scored.event_id
