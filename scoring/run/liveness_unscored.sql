-- Every liveness event from $since to $until that has no decision yet (or all, $again), with what a decision needs
WITH listed AS (
  SELECT value, min(coalesce(listed_at, TIMESTAMP '0001-01-01')) AS listed_at
  FROM signatures
  WHERE kind = 'address'
  GROUP BY value
)
SELECT
  f.*,
  spine.region,
  spine.kind,
  CAST(spine.amount AS DOUBLE) AS amount,
  spine.occurred_at,
  md5_number_lower(spine.account_id) % 100 AS account_bucket,
  coalesce(listed.listed_at <= spine.occurred_at, false) AS is_known_bad
FROM liveness_features AS f
JOIN spine USING (event_key)
LEFT JOIN listed ON listed.value = spine.counterparty
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
  AND ($again OR f.event_key NOT IN (SELECT event_key FROM scored WHERE model_version IS NOT NULL))
