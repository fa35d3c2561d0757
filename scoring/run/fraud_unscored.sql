-- Every fraud event from $since to $until that has no decision yet (or all, $again), with what a decision needs.
WITH listed AS (
  SELECT entity, min(coalesce(listed_at, TIMESTAMP '0001-01-01')) AS listed_at
  FROM signature_matches
  WHERE entity_kind = 'counterparty'
  GROUP BY entity
)
SELECT
  f.*,
  spine.region,
  spine.kind,
  CAST(spine.amount AS DOUBLE) AS amount,
  spine.occurred_at,
  coalesce(areas.area, spine.region) AS area,
  spine.network_country || '>' || coalesce(spine.counterparty_country, spine.country) AS corridor,
  -- As good as random, always the same for an event, and independent of how training draws its sample.
  md5_number_upper(f.event_id) / 18446744073709551616.0 AS draw,
  md5_number_lower(spine.account_id) % 100 AS account_bucket,
  coalesce(listed.listed_at < spine.occurred_at, false) AS is_known_bad
FROM fraud_features AS f
JOIN spine USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
LEFT JOIN listed ON listed.entity = spine.counterparty
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
  AND f.event_key % 100 < $of_hundred
  AND ($again OR f.event_key NOT IN (SELECT event_key FROM scored WHERE model_version IS NOT NULL))
