-- The rings of a place that a stage of life names at the end of the window, the highest score first.
WITH told AS MATERIALIZED (
  SELECT rings.* EXCLUDE (broken_at), ended_at IS NULL OR ended_at >= $ends AS stands,
    -- A ring whose accounts were confirmed before its alarm is broken from the alarm on. Null: it is not.
    if(rings.broken_at IS NULL, NULL, greatest(rings.broken_at, alarmed_at)) AS broken_at,
    rings.broken_at IS NOT NULL AND rings.broken_at < $ends AS is_broken
  FROM rings
  WHERE alarmed_at < $ends AND ($region IS NULL OR region = $region)
),
kinds AS (
  SELECT ring_id, list_sort(list(DISTINCT kind)) AS kinds
  FROM ring_ties SEMI JOIN told USING (ring_id)
  GROUP BY ring_id
)
SELECT ring_id, score, accounts, confirmed_accounts, array_to_string(kinds, ', ') AS kinds, pattern, moved::DOUBLE AS moved,
  at_risk::DOUBLE AS at_risk, CASE WHEN is_broken THEN 'broken' WHEN stands THEN 'active' ELSE 'ended' END AS state,
  region, country, alarmed_at, grew_at, broken_at, ended_at, merged_into, sentence
FROM told LEFT JOIN kinds USING (ring_id)
WHERE CASE $stage
  WHEN 'active' THEN stands AND NOT is_broken
  WHEN 'standing' THEN stands
  WHEN 'new' THEN alarmed_at >= $starts
  WHEN 'broken' THEN is_broken AND broken_at >= $starts
  WHEN 'ended' THEN NOT stands AND ended_at >= $starts
  ELSE true END
ORDER BY score DESC, at_risk DESC NULLS LAST, ring_id
