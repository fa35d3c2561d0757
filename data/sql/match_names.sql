-- Matches counterparties and devices of the events with signatures, those that are not matched yet.
INSERT INTO signature_matches BY NAME
WITH seen AS (
  -- Hexadecimal (0x...) and bech32 (bc1..., ltc1...) addresses mean the same in capitals; signatures hold them small.
  SELECT DISTINCT
    'counterparty' AS entity_kind,
    'address' AS kind,
    counterparty AS entity,
    CASE WHEN regexp_matches(counterparty, '^(0x|bc1|ltc1)', 'i') THEN lower(counterparty) ELSE counterparty END AS value
  FROM transactions
  WHERE counterparty IS NOT NULL
  UNION ALL
  SELECT DISTINCT 'device', 'device', device_id, device_id
  FROM (
    SELECT device_id FROM transactions
    UNION SELECT device_id FROM logins
    UNION SELECT device_id FROM liveness_checks
  ) AS used
  WHERE device_id IS NOT NULL
)
SELECT seen.entity_kind, seen.entity, signatures.signature_id, category, source, listed_at
FROM seen
JOIN signatures USING (kind, value)
ANTI JOIN signature_matches AS known
  ON known.entity_kind = seen.entity_kind AND known.entity = seen.entity
  AND known.signature_id = signatures.signature_id
