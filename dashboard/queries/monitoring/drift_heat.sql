-- The subjects of $model that moved furthest in $area, week by week: index over limit, and whether it moved.
WITH furthest AS (
  SELECT subject, kind, max(psi / psi_limit) AS far
  FROM monitor_drift
  WHERE area = $area AND model = $model
  GROUP BY ALL
  ORDER BY far DESC, subject
  LIMIT $most
)
SELECT
  subject, kind, week, psi, psi_limit, is_moved, is_sudden, events, before, p_adjusted, model_version
FROM monitor_drift
JOIN furthest USING (subject, kind)
WHERE area = $area AND model = $model
ORDER BY far DESC, subject, kind, week
