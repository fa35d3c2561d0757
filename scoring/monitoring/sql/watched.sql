-- Every scored event with its area, its week, what features hide of it, and what is known of its truth by now.
CREATE OR REPLACE TEMP TABLE watched AS
WITH placed AS (
  SELECT
    scored.event_id,
    scored.event_key,
    scored.account_id,
    scored.occurred_at,
    scored.kind,
    scored.amount,
    scored.asset,
    scored.country,
    scored.network_country,
    scored.network_kind,
    scored.device_id,
    scored.model,
    scored.model_version,
    scored.score,
    scored.decision,
    scored.is_in_training,
    coalesce(areas.area, scored.region) AS area
  FROM scored
  LEFT JOIN areas ON areas.country = scored.country
  WHERE scored.score IS NOT NULL
), sizes AS (
  SELECT model, area, count(*) / greatest(date_diff('day', min(occurred_at), max(occurred_at)) / 7, 1) AS a_week
  FROM placed
  GROUP BY ALL
)
SELECT
  placed.* EXCLUDE (amount, asset, network_country, network_kind, device_id, kind, country),
  CAST(date_trunc('week', occurred_at) AS DATE) AS week,
  md5_number_lower(placed.event_id) % 1000000 < 1000000 * $sampled_a_week / sizes.a_week AS is_sampled,
  placed.kind,
  coalesce(placed.country, 'not known') AS country,
  coalesce(devices.kind, 'not known') AS device_class,
  coalesce(devices.maker, 'not known') AS device_maker,
  -- Versions come every month; a system does not.
  coalesce(regexp_extract(devices.system, '^[A-Za-z]+'), 'not known') AS device_system,
  coalesce(placed.network_kind, 'not known') AS network_kind,
  coalesce(placed.network_country, 'not known') AS network_country,
  coalesce(placed.asset, 'no money') AS asset,
  -- A unit in error moves an asset's amounts by powers of ten, which the sum over assets may hide.
  CASE
    WHEN placed.amount IS NULL OR placed.amount <= 0 THEN 'no money'
    ELSE coalesce(placed.asset, 'no asset') || ' 1e' || CAST(floor(log10(CAST(placed.amount AS DOUBLE))) AS INTEGER)
  END AS amount_scale,
  CASE
    WHEN accounts.opened_at IS NULL THEN 'not known'
    WHEN placed.occurred_at < accounts.opened_at + INTERVAL 7 DAY THEN 'under 7 days'
    WHEN placed.occurred_at < accounts.opened_at + INTERVAL 30 DAY THEN '7 to 30 days'
    WHEN placed.occurred_at < accounts.opened_at + INTERVAL 90 DAY THEN '30 to 90 days'
    WHEN placed.occurred_at < accounts.opened_at + INTERVAL 365 DAY THEN '90 to 365 days'
    ELSE 'over a year'
  END AS account_age,
  placed.decision IN ('hold', 'block', 'freeze') AS is_alert,
  truth.outcome,
  truth.typology,
  truth.known_at,
  placed.occurred_at < CASE placed.model WHEN 'fraud' THEN $fraud_ripe ELSE $liveness_ripe END AS is_ripe
FROM placed
JOIN sizes ON sizes.model = placed.model AND sizes.area = placed.area
LEFT JOIN devices USING (device_id)
LEFT JOIN accounts USING (account_id)
LEFT JOIN truth ON truth.event_id = placed.event_id
