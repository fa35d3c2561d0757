-- Identity checks of the window by region: confirmed attacks, those stopped, and honest checks disturbed.
SELECT region, count(*) AS checks,
  count(*) FILTER (is_attack) AS attacks,
  count(*) FILTER (attack = 'presentation') AS presentations,
  count(*) FILTER (attack = 'injection') AS injections,
  injections / nullif(attacks, 0) AS injection_share,
  count(*) FILTER (is_attack AND decision <> 'allow') / nullif(attacks, 0) AS stopped_share,
  count(*) FILTER (is_ripe AND NOT is_attack AND decision <> 'allow')
    / nullif(count(*) FILTER (is_ripe AND NOT is_attack), 0) AS disturbed_share
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends
GROUP BY region
ORDER BY attacks DESC, checks DESC, region
