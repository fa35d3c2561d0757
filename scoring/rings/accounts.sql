-- Every account, numbered in the order in which accounts came, so that a later one changes no number; what ties need of it.
CREATE OR REPLACE TEMP TABLE ring_accounts AS
WITH seen AS (
  SELECT account_id, arg_min(region, t) AS region, arg_min(country, t) AS country, min(t) AS first_t
  FROM spine
  GROUP BY account_id
),
known AS (
  SELECT account_id, min(known_at) AS confirmed_at
  FROM labels
  -- What became known after the store's last day is not known to it yet.
  WHERE outcome = 'confirmed' AND known_at < (SELECT date_trunc('day', max(occurred_at)) + INTERVAL 1 DAY FROM spine)
  GROUP BY account_id
)
SELECT
  CAST(row_number() OVER (
    ORDER BY least(epoch_us(accounts.opened_at), seen.first_t) NULLS FIRST, account_id
  ) - 1 AS INTEGER) AS code,
  account_id,
  coalesce(least(epoch_us(accounts.opened_at), seen.first_t), 0) AS came_t,
  coalesce(epoch_us(accounts.opened_at), seen.first_t) AS opened_t,
  coalesce(seen.region, 'unknown') AS region,
  coalesce(accounts.kyc_country, seen.country) AS country,
  epoch_us(known.confirmed_at) AS confirmed_t,
  accounts.referrer_id
FROM seen
FULL JOIN accounts USING (account_id)
LEFT JOIN known USING (account_id)
ORDER BY code
