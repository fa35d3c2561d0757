-- What the random audit of the window's events found, by stratum and by whether the policy had flagged the event.
SELECT
  stratum AS name,
  decision <> 'allow' AS is_flagged,
  round(sum(1 / probability))::BIGINT AS events,
  count(*) AS audited,
  count(*) FILTER (outcome = 'confirmed') AS crimes
FROM audited_events
WHERE occurred_at >= $starts AND occurred_at < $ends AND reviewed_at < $known_by
GROUP BY ALL
ORDER BY ALL
