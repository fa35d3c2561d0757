-- Who used which device, network address or counterparty, sorted by entity.
CREATE OR REPLACE TABLE ties_by_entity AS
WITH used AS (
  SELECT 'device' AS entity_kind, device_id AS entity, account_id, count(*) AS events,
    count(*) FILTER (decision <> 'allow') AS flagged, sum(amount) AS amount,
    min(occurred_at) AS first_seen, max(occurred_at) AS last_seen
  FROM scored WHERE device_id IS NOT NULL GROUP BY device_id, account_id
  UNION ALL
  SELECT 'ip', ip, account_id, count(*), count(*) FILTER (decision <> 'allow'), sum(amount),
    min(occurred_at), max(occurred_at)
  FROM scored WHERE ip IS NOT NULL GROUP BY ip, account_id
  UNION ALL
  SELECT 'counterparty', counterparty, account_id, count(*), count(*) FILTER (decision <> 'allow'), sum(amount),
    min(occurred_at), max(occurred_at)
  FROM scored WHERE counterparty IS NOT NULL GROUP BY counterparty, account_id
)
SELECT
  entity_kind, entity, account_id, events, flagged,
  CAST(coalesce(amount, 0) AS DECIMAL(38,6)) AS amount,
  first_seen, last_seen
FROM used
ORDER BY entity, entity_kind, account_id
