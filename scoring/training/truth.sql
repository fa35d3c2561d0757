-- What each labelled event turned out to be, by the labels that were known at $as_of.
CREATE OR REPLACE TEMP TABLE truth AS
WITH known AS (
  SELECT *
  FROM labels
  -- A label without a time is known only since it was loaded: not before the store's last event.
  WHERE known_at <= $as_of OR (known_at IS NULL AND $as_of >= $watermark)
),
of_event AS (
  SELECT event_id, outcome, typology, incident_id, label_id, known_at
  FROM known
  WHERE event_id IS NOT NULL
  -- The label known last is the correction of those before.
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY known_at DESC NULLS FIRST, label_id) = 1
),
of_account AS (
  SELECT spine.event_id, known.outcome, typology, incident_id, label_id, known_at
  FROM known
  JOIN spine USING (account_id)
  WHERE known.event_id IS NULL
    -- What is said of an account is said of its money and sign-ins since then, not of its identity checks.
    AND spine.stream <> 'liveness'
    AND (known.occurred_at IS NULL OR spine.occurred_at >= known.occurred_at)
  QUALIFY row_number() OVER (PARTITION BY spine.event_id ORDER BY known_at DESC NULLS FIRST, label_id) = 1
),
said AS (
  SELECT *, false AS is_of_account FROM of_event
  UNION ALL
  SELECT *, true FROM of_account ANTI JOIN of_event USING (event_id)
),
-- An account that turns out to be a false identity within 90 days has deceived the camera before, also where
-- nobody looked at that check again. It is known when the first such event is known to be crime.
of_later_fraud AS (
  SELECT checked.event_id, said.outcome, said.typology, said.incident_id, said.label_id, said.known_at
  FROM said
  JOIN spine AS fraud USING (event_id)
  JOIN spine AS checked ON checked.account_id = fraud.account_id
    AND checked.stream = 'liveness'
    AND fraud.occurred_at > checked.occurred_at
    AND fraud.occurred_at <= checked.occurred_at + INTERVAL 90 DAY
  WHERE said.outcome = 'confirmed' AND said.typology = 'synthetic_identity' AND fraud.stream <> 'liveness'
  QUALIFY row_number() OVER (PARTITION BY checked.event_id ORDER BY said.known_at NULLS LAST, said.label_id) = 1
)
FROM said
UNION ALL
SELECT *, false FROM of_later_fraud ANTI JOIN of_event USING (event_id)
