-- What the accounts of each cluster of re-used media did after their first check in it.
CREATE OR REPLACE TABLE cluster_accounts AS
WITH members AS (
  SELECT
    clusters.cluster_id,
    clusters.account_id,
    min(clusters.occurred_at) AS first_check_at,
    bool_or(checks.decision = 'allow') AS has_passed
  FROM media_clusters AS clusters
  JOIN scored AS checks ON checks.event_id = clusters.event_id AND checks.stream = 'liveness'
  GROUP BY clusters.cluster_id, clusters.account_id
),
-- An internal transfer leaves one account and, where it is not stopped, arrives at another.
moved AS (
  SELECT
    account_id,
    occurred_at,
    TRUE AS is_own,
    CASE
      WHEN kind = 'deposit' THEN 'in'
      WHEN kind IN ('withdrawal', 'internal_transfer') THEN 'out'
    END AS direction,
    amount,
    decision IN ('hold', 'block', 'freeze') AS is_stopped,
    coalesce(outcome, 'settled') = 'settled' AS is_settled
  FROM scored
  WHERE stream IN ('transaction', 'login')
  UNION ALL
  SELECT
    counterparty,
    occurred_at,
    FALSE,
    'in',
    amount,
    decision IN ('hold', 'block', 'freeze'),
    coalesce(outcome, 'settled') = 'settled'
  FROM scored
  WHERE stream = 'transaction' AND kind = 'internal_transfer' AND counterparty IS NOT NULL
)
SELECT
  members.cluster_id,
  members.account_id,
  members.first_check_at,
  members.has_passed,
  count(moved.account_id) FILTER (moved.is_own) AS events_after,
  CAST(coalesce(sum(moved.amount) FILTER (
    moved.direction = 'in' AND moved.is_settled AND NOT moved.is_stopped
  ), 0) AS DECIMAL(38,6)) AS moved_in,
  CAST(coalesce(sum(moved.amount) FILTER (
    moved.direction = 'out' AND moved.is_settled AND NOT moved.is_stopped
  ), 0) AS DECIMAL(38,6)) AS moved_out,
  CAST(coalesce(sum(moved.amount) FILTER (
    moved.direction = 'out' AND moved.is_stopped
  ), 0) AS DECIMAL(38,6)) AS stopped_out
FROM members
LEFT JOIN moved ON moved.account_id = members.account_id AND moved.occurred_at > members.first_check_at
GROUP BY ALL
ORDER BY members.account_id, members.cluster_id
