-- The subjects of $model that moved furthest in $area, week by week: index over limit, and whether it moved.
WITH furthest AS (
  -- What grows with a young record is shown last: it moves whatever happens.
  SELECT subject, kind, any_value(is_left_out) AS is_left_out, max(psi / psi_limit) AS far
  FROM monitor_drift
  WHERE area = $area AND model = $model
  GROUP BY ALL
  ORDER BY is_left_out, far DESC, subject
  LIMIT $most
)
SELECT
  subject, kind, week, psi, psi_limit, is_moved, is_sudden, events, before, p_adjusted, model_version
FROM monitor_drift
JOIN furthest USING (subject, kind)
WHERE area = $area AND model = $model
ORDER BY furthest.is_left_out, far DESC, subject, kind, week
