-- Which artefacts the accounts of each confirmed crime used that hardly anybody else used: as `ring_artefacts.sql`, on numbers.
WITH everybody AS (
  SELECT 'device' AS tie_kind, device AS artefact, count(DISTINCT account) AS accounts FROM happened WHERE device >= 0 GROUP BY device
  UNION ALL
  SELECT 'ip', ip, count(DISTINCT account) FROM happened WHERE ip >= 0 GROUP BY ip
  UNION ALL
  SELECT 'counterparty', counterparty, count(DISTINCT account) FROM happened WHERE counterparty IS NOT NULL GROUP BY counterparty
),
used AS (
  SELECT crime, account, 'device' AS tie_kind, device AS artefact FROM confirmed WHERE device >= 0
  UNION ALL
  SELECT crime, account, 'ip', ip FROM confirmed WHERE ip >= 0 AND NOT is_listed_ip
  UNION ALL
  SELECT crime, account, 'counterparty', counterparty FROM confirmed
  WHERE counterparty IS NOT NULL AND NOT is_transfer AND counterparty NOT IN (SELECT counterparty FROM listed)
  UNION ALL
  SELECT crime, account, 'transfer', counterparty FROM confirmed WHERE counterparty IS NOT NULL AND is_transfer
  UNION ALL
  SELECT crime, account, 'transfer', -2 - account FROM confirmed
),
counted AS (
  SELECT tie_kind, artefact, count(DISTINCT account) AS criminals FROM used GROUP BY tie_kind, artefact
)
SELECT DISTINCT
  crime::VARCHAR AS incident_id, account::VARCHAR AS account_id, used.tie_kind, used.artefact::VARCHAR AS artefact
FROM used
JOIN counted USING (tie_kind, artefact)
LEFT JOIN everybody USING (tie_kind, artefact)
WHERE criminals >= 0.5 * coalesce(everybody.accounts, 1) AND criminals <= 40
