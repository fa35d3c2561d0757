-- The handbook's own features of each event (chapter 3): windows that count the event, risk a week late.
WITH events AS (
  SELECT
    TRANSACTION_ID AS event_id,
    CAST(TX_DATETIME AS TIMESTAMP) AS moment,
    CUSTOMER_ID AS customer,
    TERMINAL_ID AS terminal,
    TX_AMOUNT AS amount,
    TX_FRAUD AS fraud,
    TX_FRAUD = 1 AS is_fraud
  FROM read_parquet($file)
),
counted AS (
  SELECT
    *,
    count(*) OVER c1 AS customer_count_1, avg(amount) OVER c1 AS customer_mean_1,
    count(*) OVER c7 AS customer_count_7, avg(amount) OVER c7 AS customer_mean_7,
    count(*) OVER c30 AS customer_count_30, avg(amount) OVER c30 AS customer_mean_30,
    count(*) OVER t7 AS late, sum(fraud) OVER t7 AS late_fraud,
    count(*) OVER t8 AS n8, sum(fraud) OVER t8 AS f8,
    count(*) OVER t14 AS n14, sum(fraud) OVER t14 AS f14,
    count(*) OVER t37 AS n37, sum(fraud) OVER t37 AS f37
  FROM events
  WINDOW
    c1 AS (PARTITION BY customer ORDER BY moment RANGE BETWEEN INTERVAL '86399.999999 seconds' PRECEDING AND CURRENT ROW),
    c7 AS (PARTITION BY customer ORDER BY moment RANGE BETWEEN INTERVAL '604799.999999 seconds' PRECEDING AND CURRENT ROW),
    c30 AS (PARTITION BY customer ORDER BY moment RANGE BETWEEN INTERVAL '2591999.999999 seconds' PRECEDING AND CURRENT ROW),
    t7 AS (PARTITION BY terminal ORDER BY moment RANGE BETWEEN INTERVAL '604799.999999 seconds' PRECEDING AND CURRENT ROW),
    t8 AS (PARTITION BY terminal ORDER BY moment RANGE BETWEEN INTERVAL '691199.999999 seconds' PRECEDING AND CURRENT ROW),
    t14 AS (PARTITION BY terminal ORDER BY moment RANGE BETWEEN INTERVAL '1209599.999999 seconds' PRECEDING AND CURRENT ROW),
    t37 AS (PARTITION BY terminal ORDER BY moment RANGE BETWEEN INTERVAL '3196799.999999 seconds' PRECEDING AND CURRENT ROW)
)
SELECT
  event_id,
  CAST(date_trunc('day', moment) AS TIMESTAMP) AS day,
  customer,
  is_fraud,
  amount,
  CAST(isodow(moment) >= 6 AS INTEGER) AS is_weekend,
  CAST(hour(moment) <= 6 AS INTEGER) AS is_night,
  customer_count_1, customer_mean_1, customer_count_7, customer_mean_7, customer_count_30, customer_mean_30,
  n8 - late AS terminal_count_1, coalesce((f8 - late_fraud) / nullif(n8 - late, 0), 0) AS terminal_risk_1,
  n14 - late AS terminal_count_7, coalesce((f14 - late_fraud) / nullif(n14 - late, 0), 0) AS terminal_risk_7,
  n37 - late AS terminal_count_30, coalesce((f37 - late_fraud) / nullif(n37 - late, 0), 0) AS terminal_risk_30
FROM counted
WHERE moment >= $since
