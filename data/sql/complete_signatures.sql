-- Gives staged signatures their id and, for networks, their first and last address in one spelling.
CREATE OR REPLACE TEMP TABLE staged AS
WITH spelled AS (
  SELECT
    staged.* EXCLUDE (signature_id, value),
    CASE
      WHEN kind = 'network' THEN coalesce(spans.spelled, value)
      -- Hexadecimal (0x...) and bech32 (bc1..., ltc1...) addresses mean the same in capitals.
      WHEN kind = 'address' AND regexp_matches(value, '^(0x|bc1|ltc1)', 'i') THEN lower(value)
      ELSE value
    END AS value,
    spans.from_high::UHUGEINT * 18446744073709551616::UHUGEINT + spans.from_low::UHUGEINT AS ip_from,
    spans.to_high::UHUGEINT * 18446744073709551616::UHUGEINT + spans.to_low::UHUGEINT AS ip_to,
    spans.wrong
  FROM staged
  LEFT JOIN spans ON spans.text = value AND kind = 'network'
)
SELECT
  * EXCLUDE (category, fault_column, fault_reason, wrong),
  lower(category) AS category,
  concat_ws('|', kind, value, lower(category), source) AS signature_id,
  CASE WHEN wrong IS NOT NULL THEN coalesce(fault_column, 'value') ELSE fault_column END AS fault_column,
  CASE
    WHEN wrong IS NOT NULL
    THEN concat_ws('; also: ', fault_reason, 'value is no network: ''' || left(value, 80) || ''' (' || wrong
         || '); possible: 198.51.100.0/24, 2001:db8::/32, one address, or first-last; to do: correct it')
    ELSE fault_reason
  END AS fault_reason
FROM spelled
ORDER BY record
