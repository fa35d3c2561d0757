-- What each chosen event of the fraud model is: its account, its region, its money, and how intake graded it.
SELECT
  scored.occurred_at AS came_at,
  coalesce(scored.region, 'unknown') AS region,
  'fraud' AS kind,
  scored.account_id AS account,
  scored.event_id AS event,
  scored.score,
  coalesce(CAST(scored.amount AS DOUBLE), 'nan'::DOUBLE) AS amount,
  scored.kind AS event_kind,
  CASE WHEN scored.decision IN ('block', 'freeze') THEN scored.decision ELSE 'hold' END AS decision,
  alerts.severity,
  coalesce(CAST(alerts.expected_loss AS DOUBLE), 'nan'::DOUBLE) AS loss,
  chosen.place,
  chosen.crime,
  chosen.is_ripe,
  chosen.value
FROM chosen
JOIN scored ON scored.event_key = chosen.event_key AND scored.model = 'fraud'
LEFT JOIN desk_alerts AS alerts ON alerts.alert_id = 'fraud:' || scored.event_id
