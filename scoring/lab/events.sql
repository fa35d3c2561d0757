-- Every event of an area that the fraud model scored from $since to $until, with what a decision needs and what is known.
WITH listed AS (
  SELECT entity, min(coalesce(listed_at, TIMESTAMP '0001-01-01')) AS listed_at
  FROM signature_matches
  WHERE entity_kind = 'counterparty'
  GROUP BY entity
)
SELECT
  scored.event_key,
  scored.account_id,
  scored.occurred_at,
  scored.region,
  scored.kind,
  CAST(scored.amount AS DOUBLE) AS amount,
  scored.score,
  scored.decision,
  scored.policy_version,
  coalesce(areas.area, scored.region) AS area,
  scored.network_country || '>' || coalesce(scored.counterparty_country, scored.country) AS corridor,
  f.account_counterparty_is_first_of_events,
  f.account_counterparty_since_first_events,
  f.account_device_is_first_of_events,
  f.account_device_since_first_events,
  md5_number_upper(scored.event_id) / 18446744073709551616.0 AS draw,
  coalesce(listed.listed_at < scored.occurred_at, false) AS is_known_bad,
  coalesce(truth.outcome = 'confirmed', false) AS is_crime,
  truth.known_at
FROM scored
JOIN fraud_features AS f USING (event_key)
LEFT JOIN areas ON areas.country = scored.country
LEFT JOIN listed ON listed.entity = scored.counterparty
LEFT JOIN truth ON truth.event_id = scored.event_id
WHERE scored.model = 'fraud' AND scored.policy_version IS NOT NULL
  AND scored.occurred_at >= $since AND scored.occurred_at < $until
  AND coalesce(areas.area, scored.region) = $area
ORDER BY scored.occurred_at, scored.event_key
