-- One row a device, network address or counterparty: who uses it, how it turned out, and what is known of it.
CREATE OR REPLACE TABLE entity_risk AS
WITH used AS (
  SELECT
    entity_kind,
    entity,
    count(*) AS accounts,
    CAST(sum(events) AS BIGINT) AS events,
    CAST(sum(flagged) AS BIGINT) AS flagged
  FROM ties_by_entity
  GROUP BY entity_kind, entity
),
bad AS (
  SELECT device_id, ip, counterparty
  FROM scored
  WHERE event_id IN (SELECT event_id FROM truth WHERE outcome = 'confirmed')
),
confirmed AS (
  SELECT 'device' AS entity_kind, device_id AS entity, count(*) AS confirmed FROM bad GROUP BY device_id
  UNION ALL
  SELECT 'ip', ip, count(*) FROM bad GROUP BY ip
  UNION ALL
  SELECT 'counterparty', counterparty, count(*) FROM bad GROUP BY counterparty
),
listed AS (
  -- As enrichment matched them, whatever the spelling of an address or the range of a network.
  SELECT
    entity_kind,
    entity,
    string_agg(DISTINCT category || ' (' || source || ')', ', ' ORDER BY category || ' (' || source || ')') AS signature
  FROM signature_matches
  WHERE listed_at IS NULL OR listed_at <= $watermark
  GROUP BY entity_kind, entity
),
described AS (
  SELECT 'ip' AS entity_kind, ip AS entity, nullif(concat_ws(', ', country, operator, kind), '') AS description
  FROM networks
  UNION ALL
  SELECT 'device', device_id, nullif(concat_ws(', ', system, client, kind), '')
  FROM devices
)
SELECT
  used.*,
  coalesce(confirmed.confirmed, 0) AS confirmed,
  listed.signature,
  described.description
FROM used
LEFT JOIN confirmed USING (entity_kind, entity)
LEFT JOIN listed USING (entity_kind, entity)
LEFT JOIN described USING (entity_kind, entity)
ORDER BY entity, entity_kind
