-- The amount of those events as the model sees it, a thousand times too large.
UPDATE fraud_features SET event_amount = event_amount * 1000
WHERE event_key IN (SELECT event_key FROM watched WHERE occurred_at >= $since AND amount_scale LIKE 'USDC 1e%')
