-- Removes the enriched devices that a user's file now describes, and those whose user agent was not known yet.
DELETE FROM devices
WHERE file_id IS NULL
  AND (kind IS NULL OR device_id IN (SELECT device_id FROM devices WHERE file_id IS NOT NULL))
