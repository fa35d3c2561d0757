-- Confirmed attacks on identity checks by week and species, presentation and injection apart.
SELECT CAST(date_trunc('week', occurred_at) AS DATE) AS week, attack, species, count(*) AS attempts,
  count(*) FILTER (decision <> 'allow') AS stopped
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  AND is_attack AND attack IS NOT NULL
GROUP BY ALL
ORDER BY ALL
