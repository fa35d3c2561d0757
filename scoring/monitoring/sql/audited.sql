-- What the random audit found among events that were no alerts, by model, area and month, known by $watermark.
SELECT
  model, model_version, coalesce(area, 'everywhere') AS area,
  CAST(date_trunc('month', watched.occurred_at) AS DATE) AS since,
  count(*) AS audited,
  coalesce(sum(1 / probability) FILTER (audits.outcome = 'confirmed'), 0) AS missed,
  coalesce(sum((1 - probability) / (probability * probability)) FILTER (audits.outcome = 'confirmed'), 0) AS variance,
  avg(1 / probability) AS mean_weight
FROM watched
JOIN audits USING (event_id)
WHERE NOT watched.is_alert
  AND NOT watched.is_in_training
  AND audits.outcome <> 'inconclusive'
  AND audits.reviewed_at <= $watermark
GROUP BY GROUPING SETS ((model, model_version, area, since), (model, model_version, since))
