-- Which different networks does the list of signatures name?
SELECT DISTINCT value FROM listed WHERE lower(kind) = 'network' AND value IS NOT NULL ORDER BY value
