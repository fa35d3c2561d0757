-- Every dated measure of an area that changes how withdrawals are verified, with its measured effect on incidents.
SELECT interventions.intervention_id, interventions.title, interventions.starts_at,
  coalesce(interventions.country, interventions.region) AS area, ratio, low, high, verdict
FROM interventions
LEFT JOIN attributions USING (intervention_id)
WHERE interventions.kind = 'verification' AND coalesce(interventions.country, interventions.region) IS NOT NULL
ORDER BY interventions.starts_at, interventions.intervention_id
