-- One row an account: its risk, and what was usual before its last 30 days against those, sorted by account.
CREATE OR REPLACE TABLE account_profiles AS
WITH now AS (
  SELECT CAST($watermark AS TIMESTAMP) + INTERVAL 1 MICROSECOND - INTERVAL 30 DAY AS since
),
told AS (
  SELECT
    account_id, occurred_at, amount, device_id, network_country, counterparty,
    occurred_at >= (SELECT since FROM now) AS is_now,
    kind IN ('withdrawal', 'internal_transfer') AS is_out,
    CAST(hour(occurred_at) AS UTINYINT) AS hour
  FROM scored
),
habits AS (
  SELECT
    account_id,
    greatest(date_diff('day', min(occurred_at), (SELECT since FROM now)) / 7.0, 1.0)::DOUBLE AS weeks_before,
    CAST(median(amount) FILTER (NOT is_now AND is_out) AS DECIMAL(18,6)) AS out_before,
    CAST(median(amount) FILTER (is_now AND is_out) AS DECIMAL(18,6)) AS out_now,
    max(amount) FILTER (NOT is_now) AS largest_before,
    max(amount) FILTER (is_now) AS largest_now,
    CAST(sum(amount) FILTER (NOT is_now) AS DECIMAL(38,6)) AS amount_before,
    CAST(sum(amount) FILTER (is_now) AS DECIMAL(38,6)) AS amount_now,
    count(*) FILTER (NOT is_now) AS events_before,
    count(*) FILTER (is_now) AS events_now,
    count(DISTINCT device_id) FILTER (NOT is_now) AS devices_before,
    count(DISTINCT device_id) FILTER (is_now) AS devices_now,
    count(DISTINCT network_country) FILTER (NOT is_now) AS countries_before,
    count(DISTINCT network_country) FILTER (is_now) AS countries_now,
    count(DISTINCT counterparty) FILTER (NOT is_now) AS counterparties_before,
    count(DISTINCT counterparty) FILTER (is_now) AS counterparties_now,
    list(hour) FILTER (NOT is_now) AS hours_before,
    list(hour) FILTER (is_now) AS hours_now
  FROM told
  GROUP BY account_id
)
SELECT risk.*, accounts.customer_type, accounts.kyc_country, accounts.referrer_id, habits.* EXCLUDE (account_id)
FROM account_risk AS risk
LEFT JOIN accounts USING (account_id)
LEFT JOIN habits USING (account_id)
ORDER BY account_id
