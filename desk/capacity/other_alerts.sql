-- Alerts of other models than fraud from $since to $until: identity checks as decided, and what the desk holds of the other $kinds.
SELECT
  flagged.occurred_at AS came_at,
  coalesce(flagged.region, 'unknown') AS region,
  'identity' AS kind,
  flagged.account_id AS account,
  flagged.event_id AS event,
  coalesce(flagged.score, 'nan'::DOUBLE) AS score,
  coalesce(CAST(flagged.amount AS DOUBLE), 'nan'::DOUBLE) AS amount,
  flagged.kind AS event_kind,
  flagged.decision,
  alerts.severity,
  coalesce(CAST(alerts.expected_loss AS DOUBLE), 'nan'::DOUBLE) AS loss,
  CAST(0 AS BIGINT) AS place,
  coalesce(flagged.truth = 'confirmed', false) AS crime,
  flagged.occurred_at < $ripe AS is_ripe,
  CAST(0 AS DOUBLE) AS value
FROM flagged_events AS flagged
LEFT JOIN desk_alerts AS alerts ON alerts.alert_id = 'identity:' || flagged.event_id
WHERE flagged.model = 'liveness' AND flagged.decision IN ('hold', 'block', 'freeze')
  AND flagged.occurred_at >= $since AND flagged.occurred_at < $until
UNION ALL
SELECT
  alerts.raised_at,
  alerts.region,
  alerts.kind,
  coalesce(alerts.account_id, alerts.ring_id),
  alerts.alert_id,
  coalesce(alerts.score, 'nan'::DOUBLE),
  coalesce(CAST(alerts.amount AS DOUBLE), 'nan'::DOUBLE),
  NULL,
  alerts.decision,
  alerts.severity,
  CAST(alerts.expected_loss AS DOUBLE),
  CAST(0 AS BIGINT),
  coalesce(cases.outcome = 'confirmed', false),
  alerts.raised_at < $ripe,
  CAST(0 AS DOUBLE)
FROM desk_alerts AS alerts
LEFT JOIN desk_cases AS cases USING (case_id)
WHERE list_contains($kinds, alerts.kind) AND alerts.kind NOT IN ('fraud', 'identity')
  AND alerts.raised_at >= $since AND alerts.raised_at < $until
