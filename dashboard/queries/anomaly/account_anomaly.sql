-- An account's most unusual outgoing event of its last 30 days with one, against what was usual for it before.
WITH mine AS (
  SELECT *, max(occurred_at) OVER () AS last_at FROM anomalies WHERE account_id = $account_id
),
recent AS (
  SELECT * FROM mine WHERE occurred_at > last_at - INTERVAL 30 DAY
)
SELECT
  event_id,
  occurred_at,
  area,
  kind,
  score,
  is_alert,
  reason,
  sentence,
  (SELECT median(score) FROM mine WHERE occurred_at <= last_at - INTERVAL 30 DAY) AS usual_before,
  (SELECT count(*) FROM mine WHERE occurred_at <= last_at - INTERVAL 30 DAY) AS events_before,
  (SELECT count(*) FROM recent) AS events_recent
FROM recent
ORDER BY score DESC, surprise DESC, event_id
LIMIT 1
