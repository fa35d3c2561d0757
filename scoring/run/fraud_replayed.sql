-- The fraud events $keys with their features as stored, what a decision needs, and what was decided.
WITH listed AS (
  SELECT entity, min(coalesce(listed_at, TIMESTAMP '0001-01-01')) AS listed_at
  FROM signature_matches
  WHERE entity_kind = 'counterparty'
  GROUP BY entity
)
SELECT
  f.*,
  1.0 AS event_in_area,
  scored.region,
  scored.kind,
  CAST(scored.amount AS DOUBLE) AS amount,
  coalesce(areas.area, scored.region) AS area,
  scored.network_country || '>' || coalesce(scored.counterparty_country, scored.country) AS corridor,
  md5_number_upper(f.event_id) / 18446744073709551616.0 AS draw,
  coalesce(listed.listed_at < scored.occurred_at, false) AS is_known_bad,
  scored.model_version,
  scored.policy_version,
  scored.score,
  scored.decision
FROM fraud_features AS f
JOIN scored USING (event_key)
LEFT JOIN areas ON areas.country = scored.country
LEFT JOIN listed ON listed.entity = scored.counterparty
WHERE f.event_key IN (SELECT unnest($keys::BIGINT[]))
  AND scored.account_id IN (SELECT unnest($accounts::VARCHAR[]))
ORDER BY scored.model_version, scored.policy_version, f.event_key
