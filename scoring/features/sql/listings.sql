-- Which counterparties, devices and network addresses of the events were listed as known bad, and since when.
CREATE OR REPLACE TEMP TABLE listings AS
WITH listed AS (
  SELECT kind, value, ip_from, ip_to,
         coalesce(epoch_us(listed_at), -9223372036854775808) AS since
  FROM signatures
), numbered AS (
  -- The number of an IPv4 address within ::ffff:0:0/96, as signatures hold it.
  SELECT code, CAST(281470681743360 AS UHUGEINT)
         + 16777216 * CAST(split_part(name, '.', 1) AS UHUGEINT) + 65536 * CAST(split_part(name, '.', 2) AS UHUGEINT)
         + 256 * CAST(split_part(name, '.', 3) AS UHUGEINT) + CAST(split_part(name, '.', 4) AS UHUGEINT) AS number
  FROM codes
  WHERE kind = 'ip' AND regexp_full_match(name, '\d{1,3}(\.\d{1,3}){3}')
)
SELECT 'counterparty' AS kind, codes.code, min(listed.since) AS since
FROM codes JOIN listed ON listed.kind = 'address' AND listed.value = codes.name
WHERE codes.kind = 'counterparty'
GROUP BY codes.code
UNION ALL
SELECT 'device', codes.code, min(listed.since)
FROM codes JOIN listed ON listed.kind = 'device' AND listed.value = codes.name
WHERE codes.kind = 'device'
GROUP BY codes.code
UNION ALL
SELECT 'ip', numbered.code, min(listed.since)
FROM numbered JOIN listed ON numbered.number BETWEEN listed.ip_from AND listed.ip_to
WHERE listed.kind = 'network'
GROUP BY numbered.code
