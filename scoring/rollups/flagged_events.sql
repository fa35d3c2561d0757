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
  SELECT label_id, event_id, account_id, outcome, occurred_at, coalesce(known_at, $watermark) AS known_at
  FROM labels
  WHERE known_at IS NULL OR known_at <= $watermark
),
answers AS (
  SELECT
    event_id,
    min(known_at) AS answered_at,
    min(known_at) FILTER (outcome = 'confirmed') AS confirmed_at,
    -- As in `truth`, the word on the event itself and the one known last; inconclusive changes nothing.
    last({'outcome': outcome, 'known_at': known_at} ORDER BY is_of_account DESC, known_at, label_id DESC)
      FILTER (outcome <> 'inconclusive') AS conclusion
  FROM (
    SELECT event_id, label_id, outcome, known_at, false AS is_of_account FROM known WHERE event_id IS NOT NULL
    UNION ALL
    -- What is said of an account is said of its money and sign-ins since then.
    SELECT flagged.event_id, label_id, known.outcome, known.known_at, true
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
  answers.conclusion.outcome AS truth,
  answers.conclusion.known_at AS truth_known_at
FROM flagged
LEFT JOIN answers USING (event_id)
ORDER BY flagged.occurred_at, flagged.event_id
