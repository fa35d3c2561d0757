-- Which artefacts the accounts of each crime used that hardly anybody else used: what a ring shares.
WITH used AS (
  SELECT incident_id, account_id, 'device' AS tie_kind, device_id AS artefact
  FROM confirmed_events WHERE device_id IS NOT NULL
  UNION ALL
  SELECT incident_id, account_id, 'ip', ip FROM confirmed_events WHERE ip IS NOT NULL
  UNION ALL
  SELECT incident_id, account_id, 'counterparty', counterparty
  FROM confirmed_events WHERE counterparty IS NOT NULL AND kind <> 'internal_transfer'
  UNION ALL
  -- Money between accounts ties both ends, under the name of the one that receives.
  SELECT incident_id, account_id, 'transfer', counterparty
  FROM confirmed_events WHERE counterparty IS NOT NULL AND kind = 'internal_transfer'
  UNION ALL
  SELECT incident_id, account_id, 'transfer', account_id FROM confirmed_events
),
counted AS (
  SELECT tie_kind, artefact, count(DISTINCT account_id) AS criminals FROM used GROUP BY tie_kind, artefact
)
SELECT DISTINCT used.incident_id, used.account_id, used.tie_kind, used.artefact
FROM used
JOIN counted USING (tie_kind, artefact)
LEFT JOIN entity_risk AS known ON known.entity_kind = used.tie_kind AND known.entity = used.artefact
-- What most of its users use for crime is the ring's own. Gateways, custodians and listed addresses are
-- everybody's, and forty accounts at one address are a list, not a ring.
WHERE counted.criminals >= 0.5 * coalesce(known.accounts, 1)
  AND counted.criminals <= 40
  AND (known.signature IS NULL OR used.tie_kind = 'device')
ORDER BY used.incident_id, used.account_id, used.tie_kind, used.artefact
