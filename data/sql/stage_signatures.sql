-- Checks the rows of a list of signatures and stages them, but for what `complete_signatures` adds.
CREATE OR REPLACE TEMP TABLE staged AS
WITH timed AS (
  SELECT *, timezone('UTC', TRY_CAST(listed_at AS TIMESTAMPTZ)) AS since FROM listed
), faulted AS (
  SELECT
    *,
    CASE
      WHEN kind IS NULL OR lower(kind) NOT IN ('address', 'network', 'device') THEN 'kind'
      WHEN value IS NULL THEN 'value'
      WHEN category IS NULL THEN 'category'
      WHEN source IS NULL THEN 'source'
      WHEN listed_at IS NOT NULL AND since IS NULL THEN 'listed_at'
      WHEN since > $clock THEN 'listed_at'
    END AS fault_column
  FROM timed
)
SELECT
  record,
  CAST(NULL AS VARCHAR) AS signature_id,
  lower(kind) AS kind,
  value,
  category,
  source,
  since AS listed_at,
  fault_column,
  CASE
    WHEN fault_column = 'kind'
    THEN 'kind is ''' || left(coalesce(kind, ''), 80) || '''; possible: address, network, device; to do: correct it'
    WHEN fault_column = 'value'
    THEN $value_column || ' is empty; possible: every row has one; to do: fill it in, or leave the row out'
    WHEN fault_column IN ('category', 'source')
    THEN fault_column || ' is empty; possible: every row says what is bad about it and who says so; to do: fill it in'
    WHEN since > $clock
    THEN 'listed_at is in the future: ' || left(listed_at, 40) || '; possible: up to now, in UTC; to do: correct it'
    WHEN fault_column = 'listed_at'
    THEN 'listed_at is no time: ''' || left(listed_at, 80)
         || '''; possible: 2025-03-31, 2025-03-31T14:05:09Z or nothing; to do: correct it'
  END AS fault_reason
FROM faulted
