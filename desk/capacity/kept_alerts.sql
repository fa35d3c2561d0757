-- The alerts of the replayed weeks as they were kept, what is not known as NaN.
SELECT
  came_at, region, kind, account, event,
  coalesce(score, 'nan'::DOUBLE) AS score,
  coalesce(amount, 'nan'::DOUBLE) AS amount,
  event_kind, decision, severity,
  coalesce(loss, 'nan'::DOUBLE) AS loss,
  place, crime, is_ripe, value
FROM capacity_alerts
ORDER BY came_at, event
