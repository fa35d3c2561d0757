-- How many sampled events of each quarter and region each model with its policy flags, and how many are alerts.
SELECT
  CAST(date_trunc('quarter', spine.occurred_at) AS DATE) AS quarter,
  spine.region,
  CAST(sampled.model AS VARCHAR) AS model,
  CAST(sampled.model_version AS VARCHAR) AS model_version,
  CAST(sampled.policy_version AS VARCHAR) AS policy_version,
  count(*) AS events,
  count(*) FILTER (CAST(sampled.decision AS VARCHAR) <> 'allow') AS flagged,
  count(*) FILTER (CAST(sampled.decision AS VARCHAR) IN ('hold', 'block', 'freeze')) AS alerts
FROM sampled
JOIN spine USING (event_key)
GROUP BY ALL
ORDER BY ALL
