-- The alerts that are new to the desk, in the order in which they were raised.
SELECT * FROM new_alerts ORDER BY occurred_at, alert_id
