-- Freezes that fit the choice, with how long each is open and when it ends by itself or must be looked at.
WITH seen AS (
  SELECT
    *,
    coalesce(expires_at, review_by) AS due_at,
    date_diff('hour', coalesce(placed_at, opened_at), coalesce(ended_at, $now)) AS hours_open,
    status IN ('requested', 'provisional', 'active') AS is_live
  FROM desk_freezes
),
said AS (
  SELECT
    *,
    CASE
      WHEN is_live AND due_at < $now THEN 'overdue'
      WHEN status = 'provisional' AND due_at < $now + INTERVAL 24 HOUR THEN 'ends_soon'
      WHEN status = 'active' AND due_at < $now + INTERVAL 72 HOUR THEN 'review_soon'
      WHEN status = 'requested' THEN 'waits'
    END AS alarm,
    CASE
      WHEN hours_open < 24 THEN 'day'
      WHEN hours_open < 72 THEN 'three_days'
      WHEN hours_open < 168 THEN 'week'
      WHEN hours_open < 720 THEN 'month'
      WHEN hours_open < 2160 THEN 'quarter'
      ELSE 'older'
    END AS age
  FROM seen
)
SELECT
  freeze_id, account_id, kind AS freeze_kind, status AS freeze_status, alarm, remaining AS stopped, amount AS asked,
  hours_open, due_at, appeal, is_wrongful, region, country, asset, released, seized, opened_at, placed_at, ended_at,
  event_id, case_id, request_id, is_secret
FROM said
WHERE ($region IS NULL OR region = $region)
  AND ($kind IS NULL OR kind = $kind)
  AND ($age IS NULL OR age = $age)
  AND CASE
    WHEN $status = 'live' THEN is_live
    WHEN $status = 'stopped' THEN status IN ('provisional', 'active')
    WHEN $status = 'ended' THEN NOT is_live
    WHEN $status = 'appealed' THEN appeal = 'filed'
    WHEN $status = 'alarmed' THEN alarm IN ('overdue', 'ends_soon')
    ELSE status = $status
  END
ORDER BY
  CASE WHEN $order = 'due' THEN coalesce(due_at, opened_at) END,
  CASE WHEN $order = 'largest' THEN -greatest(remaining, amount) END,
  CASE WHEN $order = 'oldest' THEN opened_at END,
  opened_at DESC, freeze_id
