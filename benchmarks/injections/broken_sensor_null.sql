-- From a day on no phone reports how it was turned.
UPDATE liveness_features SET event_gyro_motion = NULL
WHERE event_key IN (SELECT event_key FROM watched WHERE occurred_at >= $since)
