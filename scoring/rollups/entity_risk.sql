-- One row a device, network address or counterparty: who uses it, how it turned out, and what is known of it
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
  SELECT
    CASE kind WHEN 'address' THEN 'counterparty' ELSE kind END AS entity_kind,
    value AS entity,
    string_agg(DISTINCT category || ' (' || source || ')', ', ' ORDER BY category || ' (' || source || ')') AS signature
  FROM signatures
  WHERE kind IN ('address', 'device')
  GROUP BY ALL
),
numbered AS (
  -- Only networks that enrichment already found to be masked can lie in a listed range; IPv4 as ::ffff:0:0/96.
  SELECT ip, 281470681743360::UHUGEINT + list_reduce(
    list_transform(string_split(ip, '.'), lambda part: part::UHUGEINT), lambda whole, part: whole * 256 + part
  ) AS number
  FROM networks
  WHERE kind IN ('tor', 'vpn', 'datacentre') AND regexp_full_match(ip, '\d{1,3}(\.\d{1,3}){3}')
),
listed_networks AS (
  SELECT
    'ip' AS entity_kind,
    ip AS entity,
    string_agg(DISTINCT category || ' (' || source || ')', ', ' ORDER BY category || ' (' || source || ')') AS signature
  FROM numbered
  JOIN signatures ON number BETWEEN ip_from AND ip_to
  GROUP BY ip
),
signed AS (SELECT * FROM listed UNION ALL SELECT * FROM listed_networks),
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
  signed.signature,
  described.description
FROM used
LEFT JOIN confirmed USING (entity_kind, entity)
LEFT JOIN signed USING (entity_kind, entity)
LEFT JOIN described USING (entity_kind, entity)
ORDER BY entity, entity_kind
