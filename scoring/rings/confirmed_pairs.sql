-- Pairs of accounts that were confirmed in one incident, and when both were known.
WITH known AS (
  SELECT labels.incident_id, ring_accounts.code, min(labels.known_at) AS known_at
  FROM labels
  JOIN ring_accounts USING (account_id)
  WHERE labels.outcome = 'confirmed' AND labels.incident_id IS NOT NULL
    AND labels.known_at IS NOT NULL
  GROUP BY ALL
)
SELECT one.code AS one, other.code AS other, min(epoch_us(greatest(one.known_at, other.known_at))) AS known_t
FROM known AS one
JOIN known AS other USING (incident_id)
WHERE one.code < other.code
GROUP BY one.code, other.code
ORDER BY one.code, other.code
