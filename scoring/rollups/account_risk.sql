-- One row an account: how risky it is now, why, and in what state, riskiest first.
CREATE OR REPLACE TABLE account_risk AS
WITH moved AS (
  SELECT
    account_id,
    first(region) AS region,
    first(country) AS country,
    min(occurred_at) AS first_seen,
    max(occurred_at) AS last_seen,
    count(*) AS events,
    count(*) FILTER (decision <> 'allow') AS flagged,
    CAST(coalesce(sum(amount), 0) AS DECIMAL(38,6)) AS amount,
    CAST(coalesce(sum(amount) FILTER (decision IN ('hold', 'block', 'freeze')), 0) AS DECIMAL(38,6)) AS amount_stopped,
    max(score) FILTER (occurred_at > $watermark - INTERVAL 30 DAY) AS score,
    max(score) AS peak_score,
    arg_max(event_key, score) FILTER (occurred_at > $watermark - INTERVAL 30 DAY) AS recent_peak,
    arg_max(event_key, score) AS peak
  FROM scored
  GROUP BY account_id
),
-- An alert is settled once a label says what it was; `truth` holds what is known by now.
flagged AS (
  SELECT
    account_id,
    bool_or(decision = 'freeze' AND coalesce(truth.outcome, 'confirmed') = 'confirmed') AS is_frozen,
    bool_or(
      decision IN ('hold', 'block') AND coalesce(truth.outcome, 'confirmed') = 'confirmed'
      AND occurred_at > $watermark - INTERVAL 30 DAY
    ) AS is_restricted,
    bool_or(
      decision IN ('hold', 'block', 'freeze')
      AND truth.outcome IS NULL AND occurred_at > $watermark - INTERVAL 7 DAY
    ) AS is_watched
  FROM scored
  LEFT JOIN truth USING (event_id)
  WHERE decision <> 'allow'
  GROUP BY account_id
),
confirmed AS (
  SELECT DISTINCT account_id
  FROM labels
  WHERE outcome = 'confirmed' AND (known_at IS NULL OR known_at <= $watermark)
)
SELECT
  account_id,
  coalesce(moved.region, countries.region, 'unknown') AS region,
  coalesce(moved.country, accounts.kyc_country) AS country,
  accounts.opened_at,
  moved.first_seen,
  moved.last_seen,
  coalesce(moved.events, 0) AS events,
  coalesce(moved.flagged, 0) AS flagged,
  coalesce(moved.amount, 0) AS amount,
  coalesce(moved.amount_stopped, 0) AS amount_stopped,
  moved.score,
  moved.peak_score,
  peaks.event_id AS peak_event_id,
  peaks.sentence,
  CASE
    WHEN confirmed.account_id IS NOT NULL THEN 'confirmed'
    WHEN flagged.is_frozen THEN 'frozen'
    WHEN flagged.is_restricted THEN 'restricted'
    WHEN flagged.is_watched THEN 'watched'
    ELSE 'open'
  END AS state
FROM moved
FULL JOIN accounts USING (account_id)
LEFT JOIN countries ON countries.alpha2 = accounts.kyc_country
LEFT JOIN flagged USING (account_id)
LEFT JOIN confirmed USING (account_id)
LEFT JOIN scored AS peaks ON peaks.event_key = coalesce(moved.recent_peak, moved.peak)
ORDER BY score DESC NULLS LAST, peak_score DESC NULLS LAST, account_id
