-- How far the store reaches, its unit of money, whether its data is made up, and which regions it holds.
WITH streams AS (
  SELECT count(*) AS events, min(occurred_at) AS first_event, max(occurred_at) AS last_event FROM transactions
  UNION ALL
  SELECT count(*), min(occurred_at), max(occurred_at) FROM logins
  UNION ALL
  SELECT count(*), min(occurred_at), max(occurred_at) FROM liveness_checks
)
SELECT
  sum(events)::BIGINT AS events,
  (SELECT coalesce(sum(events), 0)::BIGINT FROM daily) AS scored,
  min(first_event) AS first_event,
  max(last_event) AS last_event,
  (SELECT value FROM settings WHERE name = 'money_unit') AS money_unit,
  (SELECT coalesce(bool_or(is_synthetic), false) FROM files) AS is_synthetic,
  (SELECT list(DISTINCT region ORDER BY region) FROM daily) AS regions
FROM streams
