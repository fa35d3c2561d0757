-- From a day on every camera reports the same noise.
UPDATE liveness_features SET event_sensor_noise = 1
WHERE event_key IN (SELECT event_key FROM watched WHERE occurred_at >= $since)
