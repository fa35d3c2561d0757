-- Money that is stopped now by how long it has been, and how much of it nobody has looked at in time.
WITH stopped AS (
  SELECT
    freeze_id, account_id, kind, remaining, region, date_diff('hour', coalesce(placed_at, opened_at), $now) AS hours,
    coalesce(expires_at, review_by) < $now AS is_overdue
  FROM desk_freezes
  WHERE status IN ('provisional', 'active') AND ($region IS NULL OR region = $region)
)
SELECT
  CASE
    WHEN hours < 24 THEN 'day'
    WHEN hours < 72 THEN 'three_days'
    WHEN hours < 168 THEN 'week'
    WHEN hours < 720 THEN 'month'
    WHEN hours < 2160 THEN 'quarter'
    ELSE 'older'
  END AS age,
  count(*) AS freezes, sum(remaining) AS stopped, count(*) FILTER (is_overdue) AS overdue,
  coalesce(sum(remaining) FILTER (is_overdue), 0) AS overdue_value, min(hours) AS youngest
FROM stopped
GROUP BY age
ORDER BY youngest
