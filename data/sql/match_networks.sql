-- Matches addresses on the network with the ranges of signatures, all of them or only the unseen.
INSERT INTO signature_matches BY NAME
WITH levelled AS (
  -- A range of at most 2^(level-1) addresses touches at most two blocks of 2^level; measured on 300,000
  -- addresses and 64,424 ranges this takes 0.1 s, where a join by BETWEEN takes 38 s.
  SELECT *, (1 + ceil(log2((ip_to - ip_from)::DOUBLE + 1)))::UHUGEINT AS level
  FROM signatures
  WHERE kind = 'network' AND ip_from IS NOT NULL
), blocks AS (
  SELECT *, unnest(list_distinct([ip_from >> level, ip_to >> level])) AS block
  FROM levelled
), levels AS (
  SELECT DISTINCT level FROM blocks
), placed AS (
  SELECT ip, number, level, number >> level AS block
  FROM ip_numbers
  CROSS JOIN levels
  WHERE number IS NOT NULL AND ($is_all OR ip IN (SELECT ip FROM unseen_addresses))
)
SELECT
  'ip' AS entity_kind,
  placed.ip AS entity,
  signature_id,
  category,
  CASE
    WHEN lower(category) IN ('tor_exit', 'tor', 'tor_relay') THEN 'tor'
    WHEN lower(category) IN ('vpn', 'proxy', 'residential_proxy') THEN 'vpn'
    WHEN lower(category) IN ('datacenter', 'datacentre', 'hosting') THEN 'datacentre'
  END AS network_kind,
  source,
  listed_at
FROM placed
JOIN blocks USING (level, block)
WHERE placed.number BETWEEN blocks.ip_from AND blocks.ip_to
