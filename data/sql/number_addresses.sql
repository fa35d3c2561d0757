-- Writes the number of every unseen address: IPv4 by its four parts, IPv6 as parsed, null where it is neither.
INSERT INTO ip_numbers BY NAME
SELECT
  ip,
  CASE
    WHEN regexp_full_match(ip, '((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)')
    THEN 281470681743360::UHUGEINT  -- ::ffff:0:0
       + split_part(ip, '.', 1)::UBIGINT * 16777216
       + split_part(ip, '.', 2)::UBIGINT * 65536
       + split_part(ip, '.', 3)::UBIGINT * 256
       + split_part(ip, '.', 4)::UBIGINT
    ELSE parsed_addresses.high::UHUGEINT * 18446744073709551616::UHUGEINT + parsed_addresses.low::UHUGEINT
  END AS number
FROM unseen_addresses
LEFT JOIN parsed_addresses USING (ip)
