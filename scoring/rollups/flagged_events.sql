-- Every event that was not allowed, by time, with how and when it was answered: what lists and counts of alerts need.
CREATE OR REPLACE TABLE flagged_events AS
WITH flagged AS (
  SELECT
    event_id, account_id, occurred_at, stream, kind, outcome, amount, region, country,
    model, score, decision, reason, sentence
  FROM scored
  WHERE decision <> 'allow'
),
-- A label without a time is known only since it was loaded: not before the store's last event.
known AS (
  SELECT event_id, account_id, outcome, occurred_at, coalesce(known_at, $watermark) AS known_at
  FROM labels
  WHERE known_at IS NULL OR known_at <= $watermark
),
answers AS (
  SELECT event_id, min(known_at) AS answered_at, min(known_at) FILTER (outcome = 'confirmed') AS confirmed_at
  FROM (
    SELECT event_id, outcome, known_at FROM known WHERE event_id IS NOT NULL
    UNION ALL
    -- What is said of an account is said of its money and sign-ins since then, as in `truth`.
    SELECT flagged.event_id, known.outcome, known.known_at
    FROM known
    JOIN flagged USING (account_id)
    WHERE known.event_id IS NULL
      AND flagged.stream <> 'liveness'
      AND (known.occurred_at IS NULL OR flagged.occurred_at >= known.occurred_at)
  )
  GROUP BY event_id
)
SELECT
  flagged.*,
  answers.answered_at,
  answers.confirmed_at,
  truth.outcome AS truth,
  coalesce(truth.known_at, CASE WHEN truth.outcome IS NOT NULL THEN $watermark END) AS truth_known_at
FROM flagged
LEFT JOIN answers USING (event_id)
LEFT JOIN truth USING (event_id)
ORDER BY flagged.occurred_at, flagged.event_id
