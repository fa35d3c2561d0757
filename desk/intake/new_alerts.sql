-- The alerts of all models that are in no case yet, with what may be lost by each and the ring of its account then.
CREATE OR REPLACE TEMP TABLE new_alerts AS
WITH decided AS (
  SELECT
    CASE model WHEN 'liveness' THEN 'identity' ELSE 'fraud' END AS kind,
    event_id, account_id, occurred_at, kind AS event_kind, amount, score, decision, region, country, sentence
  FROM flagged_events
  WHERE decision IN ('hold', 'block', 'freeze')
),
-- Of anomaly alerts no probability is known but the share of their area's that turned out to be crime.
precision_of_area AS (SELECT area, precision FROM anomaly_gain WHERE quarter IS NULL AND precision IS NOT NULL),
unusual AS (
  SELECT
    'anomaly' AS kind,
    anomalies.event_id, anomalies.account_id, anomalies.occurred_at, anomalies.kind AS event_kind, spine.amount,
    coalesce(precision_of_area.precision, (SELECT avg(precision) FROM precision_of_area), $anomaly_precision) AS score,
    NULL AS decision, spine.region, spine.country, anomalies.sentence
  FROM anomalies
  JOIN spine USING (event_id)
  LEFT JOIN precision_of_area USING (area)
  WHERE is_alert AND NOT EXISTS (SELECT 1 FROM decided WHERE decided.event_id = anomalies.event_id)
),
sanctions AS MATERIALIZED (
  SELECT entity_kind, entity, min(listed_at) AS listed_at, min(source) AS source, bool_or(listed_at IS NULL) AS is_ever
  FROM signature_matches
  WHERE category = 'sanctioned'
  GROUP BY entity_kind, entity
),
met AS (
  SELECT spine.event_id, sanctions.* FROM spine JOIN sanctions ON entity_kind = 'counterparty' AND entity = spine.counterparty
  UNION ALL
  SELECT spine.event_id, sanctions.* FROM spine JOIN sanctions ON entity_kind = 'ip' AND entity = spine.ip
  UNION ALL
  SELECT spine.event_id, sanctions.* FROM spine JOIN sanctions ON entity_kind = 'device' AND entity = spine.device_id
),
sanctioned AS (
  SELECT
    'sanction' AS kind,
    spine.event_id, spine.account_id, spine.occurred_at, spine.kind AS event_kind, spine.amount,
    NULL::DOUBLE AS score,
    NULL AS decision, spine.region, spine.country,
    'The ' || CASE met.entity_kind WHEN 'ip' THEN 'network address' ELSE met.entity_kind END || ' ' || met.entity
      || ' is on a list of sanctions (' || met.source || ').' AS sentence
  FROM met
  JOIN spine USING (event_id)
  WHERE (met.is_ever OR met.listed_at <= spine.occurred_at)
    AND NOT EXISTS (
      SELECT 1 FROM decided WHERE decided.event_id = spine.event_id AND decided.decision IN ('block', 'freeze')
    )
  QUALIFY row_number() OVER (PARTITION BY spine.event_id ORDER BY met.entity_kind, met.entity) = 1
),
of_events AS (
  SELECT kind || ':' || event_id AS alert_id, *
  FROM (SELECT * FROM decided UNION ALL SELECT * FROM unusual UNION ALL SELECT * FROM sanctioned)
),
-- Where no money moves: the usual amount of the alerts of the thirty days before, and at least the account's own.
days AS (
  SELECT date_trunc('day', occurred_at) AS day, list(amount::DOUBLE) AS amounts
  FROM of_events WHERE amount IS NOT NULL GROUP BY day
),
usual AS (
  SELECT days.day, median(before.amount) AS amount
  FROM (SELECT DISTINCT date_trunc('day', occurred_at) AS day FROM of_events) AS days
  JOIN (SELECT day, unnest(amounts) AS amount FROM days) AS before
    ON before.day >= days.day - INTERVAL 30 DAY AND before.day <= days.day
  GROUP BY days.day
),
fresh AS (SELECT * FROM of_events ANTI JOIN desk_alerts USING (alert_id)),
moved AS (
  SELECT fresh.alert_id, sum(spine.amount)::DOUBLE AS amount
  FROM fresh
  JOIN spine USING (account_id)
  WHERE fresh.amount IS NULL
    AND spine.occurred_at >= fresh.occurred_at - INTERVAL 30 DAY AND spine.occurred_at < fresh.occurred_at
  GROUP BY fresh.alert_id
),
staked AS (
  SELECT
    fresh.*,
    coalesce(fresh.amount::DOUBLE, greatest(coalesce(moved.amount, 0), coalesce(usual.amount, 0)))
      * coalesce(fresh.score, 1) AS expected_loss
  FROM fresh
  LEFT JOIN moved USING (alert_id)
  LEFT JOIN usual ON usual.day = date_trunc('day', fresh.occurred_at)
),
-- The ring that an account is in at that time, once that ring has raised its alarm.
standing AS (
  SELECT
    member.account_id, rings.ring_id, rings.alarmed_at,
    greatest(member.since, rings.alarmed_at) AS since,
    least(coalesce(member.until, 'infinity'::TIMESTAMP), coalesce(rings.ended_at, 'infinity'::TIMESTAMP)) AS until
  FROM ring_members AS member
  JOIN rings USING (ring_id)
  WHERE rings.alarmed_at IS NOT NULL
),
in_ring AS (
  SELECT
    fresh.alert_id,
    -- Not a condition of the join: it would be joined by time, which takes ten times as long as by account.
    first(standing.ring_id ORDER BY standing.alarmed_at, standing.ring_id)
      FILTER (standing.since <= fresh.occurred_at AND standing.until > fresh.occurred_at) AS ring_id
  FROM fresh
  JOIN standing USING (account_id)
  GROUP BY fresh.alert_id
),
ringed AS (
  SELECT
    'ring:' || rings.ring_id AS alert_id, rings.ring_id, rings.alarmed_at, rings.region, rings.country, rings.sentence,
    coalesce(any_value(history.score), any_value(rings.highest_score)) AS score,
    list_sort(list(DISTINCT member.account_id)) AS members,
    list_sort(list(DISTINCT member.region) FILTER (member.region IS NOT NULL)) AS regions,
    count(DISTINCT member.account_id) FILTER (member.confirmed_at <= rings.alarmed_at) AS confirmed
  FROM rings
  JOIN ring_members AS member ON member.ring_id = rings.ring_id
    AND member.since <= rings.alarmed_at AND (member.until IS NULL OR member.until > rings.alarmed_at)
  LEFT JOIN ring_history AS history
    ON history.ring_id = rings.ring_id AND history.change = 'alarmed' AND history.as_of = rings.alarmed_at
  WHERE rings.alarmed_at IS NOT NULL AND rings.alarmed_at <= $watermark
    AND NOT EXISTS (SELECT 1 FROM desk_alerts WHERE desk_alerts.alert_id = 'ring:' || rings.ring_id)
  GROUP BY rings.ring_id, rings.alarmed_at, rings.region, rings.country, rings.sentence
),
ring_moved AS (
  SELECT told.ring_id, sum(spine.amount)::DOUBLE AS amount
  FROM (SELECT ring_id, alarmed_at, unnest(members) AS account_id FROM ringed) AS told
  JOIN spine USING (account_id)
  WHERE spine.occurred_at >= told.alarmed_at - INTERVAL 30 DAY AND spine.occurred_at < told.alarmed_at
  GROUP BY told.ring_id
)
SELECT
  alert_id, staked.kind, account_id, event_id, in_ring.ring_id, occurred_at, score,
  CAST(amount::DECIMAL(38,6) * 1000000 AS BIGINT) AS amount_micro,
  CAST(round(expected_loss * 1000000) AS BIGINT) AS expected_loss_micro,
  decision, event_kind, region, country, coalesce(sentence, 'Unusual for this account.') AS sentence,
  NULL::VARCHAR[] AS members, NULL::VARCHAR[] AS regions, 0 AS confirmed
FROM staked
LEFT JOIN in_ring USING (alert_id)
WHERE occurred_at <= $watermark
UNION ALL
SELECT
  alert_id, 'ring', NULL, NULL, ring_id, alarmed_at, score, NULL,
  CAST(round(coalesce(ring_moved.amount, 0) * coalesce(score, 1) * 1000000) AS BIGINT),
  NULL, NULL, region, country, coalesce(sentence, 'Accounts act together.'), members, regions, confirmed
FROM ringed
LEFT JOIN ring_moved USING (ring_id)
