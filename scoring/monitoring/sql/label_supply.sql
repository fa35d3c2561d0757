-- The labels known by $watermark of each quarter, area, model and source: how many, how late, how sure, and which drawn at random.
WITH of_events AS (
  SELECT label_id, event_id, account_id, outcome, known_at, coalesce(source, 'not named') AS source, false AS is_random
  FROM labels
  WHERE known_at <= $watermark
  UNION ALL
  SELECT audit_id, event_id, NULL, outcome, reviewed_at, 'audit', true
  FROM audits
  WHERE reviewed_at <= $watermark
  UNION ALL
  -- A block drawn at random to be held instead: its outcome is seen as no other block's is.
  SELECT 'explored-' || policy_acts.event_id, policy_acts.event_id, NULL, truth.outcome, truth.known_at, 'exploration', true
  FROM policy_acts
  JOIN truth ON truth.event_id = policy_acts.event_id
  WHERE policy_acts.act = 'exploration' AND truth.known_at <= $watermark
), of_accounts AS (
  -- What is said of an account, not of one event, belongs where the account is.
  SELECT account_id, any_value(area) AS area
  FROM watched
  GROUP BY account_id
), placed AS (
  SELECT
    of_events.*,
    coalesce(watched.area, of_accounts.area, 'unknown') AS area,
    coalesce(watched.model, 'fraud') AS model,
    greatest(date_diff('second', watched.occurred_at, of_events.known_at) / 86400.0, 0) AS delay_days,
    -- A later word of whoever on the same event that says otherwise; audits stand beside labels, not after them.
    source NOT IN ('audit', 'exploration')
      AND of_events.event_id IS NOT NULL
      AND of_events.outcome <> last_value(of_events.outcome) OVER (
        PARTITION BY of_events.event_id, is_random ORDER BY of_events.known_at, label_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS is_corrected
  FROM of_events
  LEFT JOIN watched ON watched.event_id = of_events.event_id
  LEFT JOIN of_accounts ON of_accounts.account_id = of_events.account_id
)
SELECT
  CAST(date_trunc('quarter', known_at) AS DATE) AS quarter,
  area,
  model,
  source,
  count(*) AS labels,
  count(*) FILTER (outcome = 'confirmed') AS confirmed,
  count(*) FILTER (outcome IN ('false_positive', 'legitimate')) AS false_positives,
  count(*) FILTER (outcome = 'inconclusive') AS inconclusive,
  count(*) FILTER (is_corrected) AS corrected,
  round(median(delay_days), 3) AS delay_days,
  round(quantile_cont(delay_days, 0.9), 3) AS delay_days_p90,
  bool_or(is_random) AS is_random
FROM placed
GROUP BY ALL
ORDER BY ALL
