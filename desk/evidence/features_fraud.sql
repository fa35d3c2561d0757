-- What the fraud model saw of each event that was scored again: its features as stored.
SELECT * FROM fraud_features WHERE event_key IN (SELECT unnest($keys::BIGINT[])) ORDER BY event_key
