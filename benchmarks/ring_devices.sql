-- Which account used which device, for devices that 2 to $most accounts used.
SELECT device_id AS artefact, account_id
FROM (SELECT DISTINCT device_id, account_id FROM spine WHERE device_id IS NOT NULL)
QUALIFY count(*) OVER (PARTITION BY device_id) BETWEEN 2 AND $most
ORDER BY artefact, account_id
