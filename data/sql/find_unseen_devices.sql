-- Finds the devices without a row: their first user agent, and when a check first held them for an emulator.
CREATE OR REPLACE TEMP TABLE unseen_devices AS
WITH used AS (
  SELECT device_id, occurred_at, ingest_seq, user_agent, false AS is_emulator FROM transactions
  UNION ALL
  SELECT device_id, occurred_at, ingest_seq, user_agent, false FROM logins
  UNION ALL
  SELECT device_id, occurred_at, ingest_seq, user_agent, coalesce(is_emulator, false) FROM liveness_checks
)
SELECT
  device_id,
  arg_min(user_agent, (occurred_at, ingest_seq)) FILTER (user_agent IS NOT NULL) AS user_agent,
  min(occurred_at) FILTER (user_agent IS NOT NULL) AS agent_seen,
  min(occurred_at) FILTER (is_emulator) AS caught_at
FROM used
WHERE device_id IS NOT NULL AND device_id NOT IN (SELECT device_id FROM devices)
GROUP BY device_id
