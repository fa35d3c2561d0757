-- Every scored event that is known as crime by now, with its crime, and when that became known.
CREATE OR REPLACE TABLE confirmed_events AS
SELECT
  scored.event_id,
  scored.account_id,
  coalesce(truth.incident_id, truth.label_id) AS incident_id,
  truth.typology,
  scored.occurred_at,
  -- A label without a time is known only since it was loaded: not before the store's last event.
  coalesce(truth.known_at, $watermark) AS known_at,
  scored.stream,
  scored.kind,
  scored.amount,
  scored.region,
  scored.country,
  scored.device_id,
  scored.ip,
  scored.counterparty,
  scored.decision,
  scored.score
FROM truth
JOIN scored USING (event_id)
WHERE truth.outcome = 'confirmed'
ORDER BY scored.occurred_at, scored.event_id
