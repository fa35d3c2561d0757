-- What really happened at the identity checks of a window: decisions that were wrong, ours and the kit's, by species.
SELECT
  truth.species,
  count(*) AS checks,
  count(*) FILTER (WHERE (facts.decision = 'allow') = truth.is_attack) AS wrong,
  count(*) FILTER (WHERE (kit.vendor_outcome = 'pass') = truth.is_attack) AS wrong_by_kit
FROM check_facts AS facts
JOIN liveness_checks AS kit USING (event_id)
JOIN read_parquet($checks) AS truth USING (event_id)
WHERE facts.occurred_at >= CAST($starts AS TIMESTAMP) AND facts.occurred_at < CAST($ends AS TIMESTAMP)
GROUP BY truth.species
ORDER BY truth.species
