-- Every event with which money leaves an account, with its features and its area.
SELECT
  f.*,
  spine.account_id,
  spine.kind,
  spine.occurred_at,
  coalesce(areas.area, spine.region) AS area
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
WHERE spine.kind IN (SELECT unnest($kinds))
