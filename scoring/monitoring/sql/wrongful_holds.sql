-- Of each quarter, area and group of customers: honest events whose time for labels is over, and those held, by account.
WITH honest AS (
  SELECT
    CAST(date_trunc('quarter', occurred_at) AS DATE) AS quarter, area, account_id, country, account_age, device_class,
    count(*) AS events,
    count(*) FILTER (is_alert) AS held
  FROM watched
  WHERE model = 'fraud'
    AND is_ripe
    AND NOT is_in_training
    AND coalesce(outcome, 'legitimate') IN ('legitimate', 'false_positive')
  GROUP BY ALL
), of_accounts AS (
  SELECT
    quarter, area, account_id,
    CASE
      WHEN grouping(country) = 0 THEN 'country'
      WHEN grouping(account_age) = 0 THEN 'account_age'
      WHEN grouping(device_class) = 0 THEN 'device_class'
      ELSE 'all'
    END AS cut,
    coalesce(country, account_age, device_class, 'all') AS part,
    sum(events) AS events,
    sum(held) AS held
  FROM honest
  GROUP BY GROUPING SETS (
    (quarter, area, account_id), (quarter, area, account_id, country), (quarter, area, account_id, account_age),
    (quarter, area, account_id, device_class)
  )
)
SELECT
  quarter, coalesce(area, 'everywhere') AS area, cut, part,
  CAST(sum(events) AS DOUBLE) AS events,
  CAST(sum(held) AS DOUBLE) AS held,
  CAST(count(*) AS DOUBLE) AS accounts,
  CAST(count(*) FILTER (held > 0) AS DOUBLE) AS held_accounts,
  CAST(sum(events * events) AS DOUBLE) AS event_squares,
  CAST(sum(held * held) AS DOUBLE) AS held_squares,
  CAST(sum(events * held) AS DOUBLE) AS products
FROM of_accounts
GROUP BY GROUPING SETS ((quarter, area, cut, part), (quarter, cut, part))
ORDER BY ALL
