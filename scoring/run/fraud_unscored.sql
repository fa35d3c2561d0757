-- Every fraud event from $since to $until that has no decision yet (or all, $again), with what a decision needs.
WITH listed AS (
  SELECT entity, min(coalesce(listed_at, TIMESTAMP '0001-01-01')) AS listed_at
  FROM signature_matches
  WHERE entity_kind = 'counterparty'
  GROUP BY entity
),
-- From when to when a promoted model serves which part of an area's accounts; share 0: the champion serves all.
serving AS (
  SELECT
    area,
    model_version,
    share_percent,
    valid_from AS since,
    coalesce(
      lead(valid_from) OVER (PARTITION BY area ORDER BY valid_from, done_at, promotions.rowid),
      TIMESTAMP '9999-01-01'
    ) AS until
  FROM promotions
)
SELECT
  f.*,
  -- Known to models of an area alone, and to those it is always so: they serve no other.
  1.0 AS event_in_area,
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
LEFT JOIN serving ON serving.area = coalesce(areas.area, spine.region)
  AND serving.since <= spine.occurred_at AND spine.occurred_at < serving.until
  AND md5_number_lower(spine.account_id) % 100 < serving.share_percent
LEFT JOIN listed ON listed.entity = spine.counterparty
WHERE spine.occurred_at >= $since AND spine.occurred_at < $until
  -- A promoted model has its events, and a model for everywhere what is left; $is_everywhere: all there are.
  AND ($is_everywhere OR serving.model_version IS NOT DISTINCT FROM CAST($served_by AS VARCHAR))
  AND f.event_key % 100 < $of_hundred
  AND ($again OR f.event_key NOT IN (SELECT event_key FROM scored WHERE model_version IS NOT NULL))
