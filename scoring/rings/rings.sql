-- Every ring that ever raised an alarm: its life as the walk found it, its money, its strongest pattern.
CREATE OR REPLACE TABLE rings AS
WITH places AS (
  SELECT ring_id, mode(region ORDER BY region) AS region, mode(country ORDER BY country) AS country, count(DISTINCT account_id) FILTER (
    WHERE confirmed_at IS NOT NULL) AS confirmed_accounts
  FROM ring_members
  GROUP BY ring_id
),
money AS (
  SELECT ring_id,
    coalesce(sum(amount) FILTER (WHERE leg = 'out'), 0) AS moved,
    coalesce(sum(amount) FILTER (WHERE leg = 'inside'), 0) AS moved_inside,
    coalesce(sum(amount) FILTER (WHERE leg = 'in'), 0) AS came
  FROM ring_transfers
  GROUP BY ring_id
),
patterns AS (SELECT ring_id, pattern FROM ring_patterns WHERE pattern_number = 1)
SELECT
  found_rings.ring_id, coalesce(places.region, 'unknown') AS region, places.country, patterns.pattern,
  CASE WHEN found_rings.broken_at IS NOT NULL THEN 'broken' WHEN found_rings.ended_at IS NOT NULL THEN 'ended'
    ELSE 'active' END AS state,
  found_rings.found_at, found_rings.alarmed_at, found_rings.grew_at, found_rings.broken_at, found_rings.ended_at,
  found_rings.merged_into, found_rings.split_from, found_rings.accounts,
  CAST(coalesce(places.confirmed_accounts, 0) AS INTEGER) AS confirmed_accounts,
  found_rings.tie_kinds, found_rings.score, found_rings.highest_score,
  CAST(coalesce(money.moved, 0) AS DECIMAL(18, 6)) AS moved,
  CAST(coalesce(money.moved_inside, 0) AS DECIMAL(18, 6)) AS moved_inside,
  CAST(if(found_rings.ended_at IS NULL, greatest(coalesce(money.came - money.moved, 0), 0), 0) AS DECIMAL(18, 6))
    AS at_risk,
  found_rings.sentence
FROM found_rings
LEFT JOIN places USING (ring_id)
LEFT JOIN money USING (ring_id)
LEFT JOIN patterns USING (ring_id)
ORDER BY found_rings.ring_id
