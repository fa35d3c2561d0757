-- How many transactions and sign-ins each area had in each month: what alert budgets are shares of.
SELECT
  coalesce(areas.area, spine.region) AS area,
  CAST(date_trunc('month', spine.occurred_at) AS TIMESTAMP) AS month,
  count(*) AS events
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
GROUP BY ALL
ORDER BY ALL
