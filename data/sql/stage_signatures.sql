-- Checks the rows of a list of signatures, and stages them as the contract has them, or with a fault.
CREATE OR REPLACE TEMP TABLE staged AS
WITH spelled AS (
  SELECT
    record,
    listed.kind AS named_kind,
    CASE WHEN lower(listed.kind) IN ('address', 'network', 'device') THEN lower(listed.kind) END AS kind,
    listed.value AS named_value,
    -- Hexadecimal (0x...) and bech32 (bc1..., ltc1...) addresses mean the same in capitals; see match_names.
    CASE
      WHEN lower(listed.kind) = 'network' THEN spans.spelled
      WHEN lower(listed.kind) = 'address' AND regexp_matches(listed.value, '^(0x|bc1|ltc1)', 'i')
      THEN lower(listed.value)
      ELSE listed.value
    END AS value,
    lower(listed.category) AS category,
    listed.source,
    listed.listed_at AS named_time,
    timezone('UTC', TRY_CAST(listed.listed_at AS TIMESTAMPTZ)) AS listed_at,
    spans.from_high::UHUGEINT * 18446744073709551616::UHUGEINT + spans.from_low::UHUGEINT AS ip_from,
    spans.to_high::UHUGEINT * 18446744073709551616::UHUGEINT + spans.to_low::UHUGEINT AS ip_to,
    spans.fault
  FROM listed
  LEFT JOIN spans ON spans.text = listed.value AND lower(listed.kind) = 'network'
), faulted AS (
  SELECT
    *,
    CASE
      WHEN kind IS NULL THEN 'kind'
      WHEN named_value IS NULL OR fault IS NOT NULL THEN 'value'
      WHEN category IS NULL THEN 'category'
      WHEN source IS NULL THEN 'source'
      WHEN named_time IS NOT NULL AND listed_at IS NULL THEN 'listed_at'
      WHEN listed_at > $clock THEN 'listed_at'
    END AS fault_column
  FROM spelled
)
SELECT
  record,
  concat_ws('|', kind, value, category, source) AS signature_id,
  kind,
  value,
  category,
  source,
  listed_at,
  ip_from,
  ip_to,
  fault_column,
  CASE
    WHEN fault_column = 'kind'
    THEN 'kind is ''' || left(coalesce(named_kind, ''), 80) || '''; possible: address, network, device; to do: correct it'
    WHEN fault_column = 'value' AND named_value IS NULL
    THEN $value_column || ' is empty; possible: every row has one; to do: fill it in, or leave the row out'
    WHEN fault_column = 'value'
    THEN $value_column || ' is no network: ''' || left(named_value, 80) || ''' (' || fault
         || '); possible: 198.51.100.0/24, 2001:db8::/32, one address, or first-last; to do: correct it'
    WHEN fault_column IN ('category', 'source')
    THEN fault_column || ' is empty; possible: every row says what is bad about it and who says so; to do: fill it in'
    WHEN listed_at > $clock
    THEN 'listed_at is in the future: ' || left(named_time, 40) || '; possible: up to now, in UTC; to do: correct it'
    WHEN fault_column = 'listed_at'
    THEN 'listed_at is no time: ''' || left(named_time, 80)
         || '''; possible: 2025-03-31, 2025-03-31T14:05:09Z or nothing; to do: correct it'
  END AS fault_reason
FROM faulted
