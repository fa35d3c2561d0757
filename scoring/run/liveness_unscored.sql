-- Every liveness event from $since to $until that has no decision yet (or all, $again), with what a decision needs.
SELECT
  f.*,
  spine.region,
  spine.kind,
  CAST(spine.amount AS DOUBLE) AS amount,
  spine.occurred_at,
  md5_number_lower(spine.account_id) % 100 AS account_bucket,
  -- An identity check has no counterparty.
  false AS is_known_bad
FROM liveness_features AS f
JOIN spine USING (event_key)
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
  AND f.event_key % 100 < $of_hundred
  AND ($again OR f.event_key NOT IN (SELECT event_key FROM scored WHERE model_version IS NOT NULL))
