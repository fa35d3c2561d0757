-- What the crime events of each true ring share: devices, addresses that hide nobody, counterparties, transfers.
WITH crimes AS (
  SELECT truth.ring_id, spine.*
  FROM read_parquet($truth) AS truth
  JOIN spine USING (event_id)
)
SELECT ring_id, account_id, 'device ' || device_id AS artefact FROM crimes WHERE device_id IS NOT NULL
UNION
SELECT ring_id, account_id, 'address ' || ip FROM crimes
WHERE ip IS NOT NULL AND coalesce(network_kind, '') NOT IN ('mobile', 'vpn', 'tor', 'datacentre', 'education')
UNION
SELECT ring_id, account_id, 'other side ' || counterparty FROM crimes WHERE counterparty IS NOT NULL
UNION
-- A transfer names its receiver as the other side, so every account stands for itself too.
SELECT ring_id, account_id, 'other side ' || account_id FROM crimes
ORDER BY ring_id, account_id, artefact
