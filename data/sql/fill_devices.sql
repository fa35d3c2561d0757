-- Fills a row for every device without one, from its user agent and the checks made on it.
INSERT INTO devices BY NAME
SELECT
  device_id,
  agents.kind,
  agents.system,
  agents.client,
  agents.maker,
  CASE WHEN emulator_since IS NOT NULL THEN true WHEN agents.kind IS NOT NULL THEN false END AS is_emulator,
  emulator_since
FROM (
  SELECT
    unseen_devices.*,
    least(caught_at, CASE WHEN parsed_agents.is_emulator THEN agent_seen END) AS emulator_since
  FROM unseen_devices
  LEFT JOIN parsed_agents USING (user_agent)
) AS found
LEFT JOIN parsed_agents AS agents USING (user_agent)
