-- How many cases said how long they take, and the medians of both parts.
SELECT part, count(*) AS cases, median(minutes) AS minutes
FROM capacity_durations
GROUP BY part
ORDER BY part
