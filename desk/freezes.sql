-- Money that policy stopped: what was held or frozen, since when, and how it ended as far as is known.
CREATE OR REPLACE VIEW freezes AS
WITH stopped AS (
  SELECT event_id, account_id, region, country, amount, occurred_at AS placed_at, decision
  FROM flagged_events
  WHERE decision IN ('hold', 'freeze') AND amount IS NOT NULL
),
truth AS (
  SELECT event_id, arg_max(outcome, known_at) AS outcome, max(known_at) AS known_at
  FROM labels
  WHERE event_id IS NOT NULL AND known_at IS NOT NULL AND outcome <> 'inconclusive'
  GROUP BY event_id
),
now AS (SELECT max(occurred_at) AS watermark FROM scored),
ended AS (
  SELECT
    stopped.*,
    watermark,
    outcome = 'confirmed' AS is_confirmed,
    CASE
      WHEN outcome IN ('false_positive', 'legitimate') THEN greatest(known_at, placed_at)
      -- A hold is provisional: nobody confirmed it within three days, so the money was let go.
      WHEN decision = 'hold' AND (outcome IS NULL OR known_at > placed_at + INTERVAL 3 DAY)
        THEN placed_at + INTERVAL 3 DAY
    END AS ends_at
  FROM stopped
  LEFT JOIN truth USING (event_id)
  CROSS JOIN now
)
SELECT
  event_id, account_id, region, country, amount, placed_at, decision,
  CASE
    WHEN ends_at <= watermark THEN 'released'
    WHEN is_confirmed THEN 'confirmed'
    ELSE 'held'
  END AS state,
  CASE WHEN ends_at <= watermark THEN ends_at END AS ended_at
FROM ended
