-- Every event of money and sign-ins that was held or blocked: area, quarter, decision, what it is, what the desk said.
SELECT
  coalesce(areas.area, scored.region) AS area,
  scored.decision,
  truth.event_id IS NOT NULL AS is_crime,
  desk.outcome AS desk
FROM scored
LEFT JOIN areas ON areas.country = scored.country
LEFT JOIN read_parquet($truth) AS truth ON truth.event_id = scored.event_id
LEFT JOIN (
  SELECT event_id, max(outcome) AS outcome
  FROM labels
  WHERE source = 'desk' AND outcome IN ('confirmed', 'false_positive')
  GROUP BY event_id
) AS desk ON desk.event_id = scored.event_id
WHERE scored.stream <> 'liveness' AND scored.decision IN ('hold', 'block')
ORDER BY scored.occurred_at, scored.event_id
