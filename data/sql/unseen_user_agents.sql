-- Which different user agents do the unseen devices name?
SELECT DISTINCT user_agent FROM unseen_devices WHERE user_agent IS NOT NULL ORDER BY user_agent
