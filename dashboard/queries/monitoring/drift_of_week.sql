-- How one subject of $model in $area lay before and in one week, part by part.
SELECT
  unnest(parts.labels) AS part,
  unnest(parts.before) / greatest(list_sum(parts.before), 1) AS before,
  unnest(drift.parts) / greatest(list_sum(drift.parts), 1) AS now
FROM monitor_drift AS drift
JOIN monitor_parts AS parts USING (model, model_version, area, subject, kind)
WHERE drift.area = $area AND drift.model = $model AND subject = $subject AND kind = $kind AND week = $week
