-- Every event of the three streams in one shape, in the order of time, with the country and region of its account.
CREATE OR REPLACE TABLE spine AS
WITH happened AS (
  SELECT event_id, ingest_seq, 'transaction' AS stream, kind, status AS outcome, account_id, occurred_at,
         amount, asset, counterparty, device_id, ip
  FROM transactions
  UNION ALL
  SELECT event_id, ingest_seq, 'login', kind, outcome, account_id, occurred_at, NULL, NULL, NULL, device_id, ip
  FROM logins
  UNION ALL
  SELECT event_id, ingest_seq, 'liveness', 'identity_check', vendor_outcome, account_id, occurred_at,
         NULL, NULL, NULL, device_id, ip
  FROM liveness_checks
), seen_from AS (
  SELECT happened.account_id, arg_min(networks.country, (happened.occurred_at, happened.ingest_seq)) AS country
  FROM happened
  JOIN networks USING (ip)
  LEFT JOIN accounts USING (account_id)
  WHERE networks.country IS NOT NULL AND accounts.kyc_country IS NULL
  GROUP BY happened.account_id
), home AS (
  SELECT account_id, coalesce(accounts.kyc_country, seen_from.country) AS country
  FROM accounts FULL JOIN seen_from USING (account_id)
)
SELECT
  happened.event_id,
  happened.ingest_seq AS event_key,
  happened.stream,
  happened.kind,
  happened.outcome,
  happened.account_id,
  happened.occurred_at,
  epoch_us(happened.occurred_at) AS t,
  CAST(happened.amount AS DECIMAL(18,6)) AS amount,
  CAST(CAST(happened.amount AS DECIMAL(38,6)) * 1000000 AS BIGINT) AS micro,
  happened.asset,
  happened.counterparty,
  happened.device_id,
  happened.ip,
  coalesce(countries.region, 'unknown') AS region,
  home.country AS country,
  networks.country AS network_country,
  networks.kind AS network_kind,
  partners.kyc_country AS counterparty_country
FROM happened
LEFT JOIN home ON home.account_id = happened.account_id
LEFT JOIN countries ON countries.alpha2 = home.country
LEFT JOIN networks ON networks.ip = happened.ip
LEFT JOIN accounts AS partners ON partners.account_id = happened.counterparty
ORDER BY t, event_key
