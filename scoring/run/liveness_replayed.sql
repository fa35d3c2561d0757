-- The identity checks $keys with their features as stored, what a decision needs, and what was decided.
SELECT
  f.*,
  scored.region,
  scored.kind,
  CAST(scored.amount AS DOUBLE) AS amount,
  -- An identity check has no counterparty.
  false AS is_known_bad,
  scored.model_version,
  scored.policy_version,
  scored.score,
  scored.decision
FROM liveness_features AS f
JOIN scored USING (event_key)
WHERE f.event_key IN (SELECT unnest($keys::BIGINT[]))
  AND scored.account_id IN (SELECT unnest($accounts::VARCHAR[]))
ORDER BY scored.model_version, scored.policy_version, f.event_key
