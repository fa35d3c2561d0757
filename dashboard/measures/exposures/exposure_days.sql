-- The days of the window, one for every region and country that ever had an event.
SELECT days.day::DATE AS day, region, country, 1 AS exposure
FROM generate_series($starts::TIMESTAMP, $ends::TIMESTAMP - INTERVAL 1 MICROSECOND, INTERVAL 1 DAY) AS days(day)
CROSS JOIN (SELECT DISTINCT region, country FROM daily) AS places
