-- Marks the enriched devices that a check held for an emulator, since the first such check.
UPDATE devices
SET is_emulator = true, emulator_since = least(devices.emulator_since, caught.caught_at)
FROM (
  SELECT device_id, min(occurred_at) AS caught_at
  FROM liveness_checks
  WHERE is_emulator AND device_id IS NOT NULL
  GROUP BY device_id
) AS caught
WHERE devices.device_id = caught.device_id AND devices.file_id IS NULL
  AND (devices.emulator_since IS NULL OR caught.caught_at < devices.emulator_since)
