-- Money that policy stopped: what was held or frozen, since when, and how it would have ended without a desk.
CREATE OR REPLACE VIEW policy_stops AS
WITH now AS (SELECT max(last_seen) AS watermark FROM account_risk),
ended AS (
  SELECT
    event_id, account_id, region, country, amount, occurred_at AS placed_at, decision, truth, truth_known_at,
    confirmed_at, watermark,
    CASE WHEN truth IN ('false_positive', 'legitimate') THEN greatest(truth_known_at, occurred_at) END AS innocent_at,
    CASE
      -- A hold is provisional: nobody confirmed it within three days, so the money was let go.
      WHEN decision = 'hold' AND (confirmed_at IS NULL OR confirmed_at > occurred_at + INTERVAL 3 DAY)
        THEN least(occurred_at + INTERVAL 3 DAY, innocent_at)
      ELSE innocent_at
    END AS ends_at
  FROM flagged_events
  CROSS JOIN now
  WHERE decision IN ('hold', 'freeze') AND amount IS NOT NULL
)
SELECT
  event_id, account_id, region, country, amount, placed_at, decision,
  CASE
    WHEN ends_at <= watermark THEN 'released'
    WHEN truth = 'confirmed' THEN 'confirmed'
    ELSE 'held'
  END AS state,
  CASE WHEN ends_at <= watermark THEN ends_at END AS ended_at,
  truth, truth_known_at, confirmed_at
FROM ended
