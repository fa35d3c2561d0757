-- Every account, numbered in the order in which accounts came, so that a later one changes no number; what ties need of it.
CREATE OR REPLACE TEMP TABLE ring_accounts AS
WITH seen AS (
  SELECT account_id, arg_min(region, t) AS region, arg_min(country, t) AS country, min(t) AS first_t,
    arg_min_null(network_country, (t, event_key)) AS first_country
  FROM (
    SELECT account_id, region, country, network_country, t, event_key FROM spine
    UNION ALL
    SELECT counterparty, NULL, NULL, NULL, t, event_key
    FROM spine
    WHERE kind = 'internal_transfer' AND counterparty IS NOT NULL
  )
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
  -- Nothing happens before an account is opened; one that neither was seen nor has a date is not there yet.
  coalesce(least(epoch_us(accounts.opened_at), seen.first_t), 253370764800000000) AS opened_t,
  coalesce(seen.region, 'unknown') AS region,
  coalesce(accounts.kyc_country, seen.country) AS country,
  -- Ties may know no more of an account than was known when it first appeared.
  coalesce(accounts.kyc_country, seen.first_country) AS first_country,
  epoch_us(known.confirmed_at) AS confirmed_t,
  accounts.referrer_id
FROM seen
FULL JOIN accounts USING (account_id)
LEFT JOIN known USING (account_id)
ORDER BY code
