-- Fills country, operator and kind of every address without a row: from a brought database, else the reference.
INSERT INTO networks BY NAME
WITH missing AS (
  SELECT ip, number FROM ip_numbers WHERE ip NOT IN (SELECT ip FROM networks)
), beginnings AS (
  SELECT 281470681743360::UHUGEINT + start::UHUGEINT AS start, country, asn FROM read_parquet($ranges_v4)
  UNION ALL
  SELECT start::UHUGEINT * 18446744073709551616::UHUGEINT, country, asn FROM read_parquet($ranges_v6)
), placed AS (
  SELECT missing.ip, beginnings.country, beginnings.asn
  FROM missing
  ASOF LEFT JOIN beginnings ON missing.number >= beginnings.start
)
SELECT
  placed.ip,
  coalesce(brought.country, placed.country) AS country,
  coalesce(brought.asn, placed.asn)::BIGINT AS asn,
  coalesce(brought.operator, operators.operator) AS operator,
  operators.kind
FROM placed
LEFT JOIN brought_networks AS brought ON brought.ip = placed.ip
LEFT JOIN known_operators AS operators ON operators.asn = coalesce(brought.asn, placed.asn)
