-- What the liveness model saw of each identity check that was scored again: its features as stored.
SELECT * FROM liveness_features WHERE event_key IN (SELECT unnest($keys::BIGINT[])) ORDER BY event_key
