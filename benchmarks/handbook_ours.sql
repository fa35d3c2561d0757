-- The product's own features of each event since a day, with the truth.
SELECT
  fraud_features.* EXCLUDE (event_id),
  CAST(spine.event_id AS BIGINT) AS event_id,
  CAST(date_trunc('day', spine.occurred_at) AS TIMESTAMP) AS day,
  spine.account_id AS customer,
  labels.event_id IS NOT NULL AS is_fraud
FROM fraud_features
JOIN spine USING (event_key)
LEFT JOIN labels ON labels.event_id = spine.event_id
WHERE spine.occurred_at >= $since
