-- Events whose decision is not what the score alone leads to, those served before among them.
CREATE OR REPLACE TABLE policy_acts AS
SELECT * FROM policy_acts WHERE event_id NOT IN (SELECT event_id FROM spine JOIN fresh USING (event_key))
UNION ALL
SELECT
  spine.event_id,
  spine.occurred_at,
  coalesce(areas.area, spine.region),
  CAST(fresh.act AS VARCHAR),
  CAST(fresh.by_score AS VARCHAR),
  CAST(fresh.decision AS VARCHAR),
  fresh.probability,
  CAST(fresh.policy_version AS VARCHAR)
FROM fresh
JOIN spine USING (event_key)
LEFT JOIN areas ON areas.country = spine.country
WHERE fresh.act IS NOT NULL
ORDER BY 2, 1
