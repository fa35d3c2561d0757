-- When the first and the last event of the store happened.
SELECT min(first_seen) AS first_event, max(last_seen) AS last_event FROM account_risk
