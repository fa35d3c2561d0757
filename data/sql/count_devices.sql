-- How many devices are described?
SELECT count(*) FROM devices
