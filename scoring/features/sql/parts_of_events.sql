-- Ranges of event_key, end exclusive, that hold $size events each, in order.
SELECT min(event_key) AS first, max(event_key) + 1 AS end
FROM (SELECT event_key, (row_number() OVER (ORDER BY event_key) - 1) // $size AS part FROM moments)
GROUP BY part
ORDER BY first
