-- Rings by region: those that stand at the end of the window, new, broken and ended in it, with their accounts and money.
WITH told AS MATERIALIZED (
  SELECT ring_id, region, at_risk, alarmed_at, ended_at,
    -- A ring whose accounts were confirmed before its alarm is broken from the alarm on.
    if(rings.broken_at IS NULL, NULL, greatest(rings.broken_at, alarmed_at)) AS broken_at,
    ended_at IS NULL OR ended_at >= $ends AS stands,
    rings.broken_at IS NULL OR rings.broken_at >= $ends AS is_whole
  FROM rings
  WHERE alarmed_at < $ends
),
members AS (
  SELECT ring_id, count(*) AS accounts, count(*) FILTER (confirmed_at < $ends) AS confirmed
  FROM ring_members
  WHERE since < $ends AND (until IS NULL OR until >= $ends)
  GROUP BY ring_id
),
sent AS (
  SELECT ring_id, sum(amount) FILTER (occurred_at >= $starts AND occurred_at < $ends) AS moved,
    sum(amount) FILTER (occurred_at >= $base_starts AND occurred_at < $base_ends) AS moved_before
  FROM ring_transfers
  WHERE leg = 'out'
  GROUP BY ring_id
)
SELECT told.region,
  count(*) FILTER (stands) AS standing,
  count(*) FILTER (alarmed_at < $base_ends AND (ended_at IS NULL OR ended_at >= $base_ends)) AS standing_before,
  standing - standing_before AS grown,
  count(*) FILTER (stands AND is_whole) AS active,
  count(*) FILTER (alarmed_at >= $starts) AS new,
  count(*) FILTER (alarmed_at >= $base_starts AND alarmed_at < $base_ends) AS new_before,
  count(*) FILTER (broken_at >= $starts AND broken_at < $ends) AS broken,
  count(*) FILTER (broken_at >= $base_starts AND broken_at < $base_ends) AS broken_before,
  count(*) FILTER (ended_at >= $starts AND ended_at < $ends) AS ended,
  coalesce(sum(accounts) FILTER (stands), 0)::BIGINT AS accounts,
  coalesce(sum(confirmed) FILTER (stands), 0)::BIGINT AS confirmed,
  coalesce(sum(moved), 0)::DOUBLE AS moved,
  coalesce(sum(moved_before), 0)::DOUBLE AS moved_before,
  coalesce(sum(at_risk) FILTER (stands), 0)::DOUBLE AS at_risk
FROM told LEFT JOIN members USING (ring_id) LEFT JOIN sent USING (ring_id)
GROUP BY told.region
ORDER BY standing DESC, new DESC, told.region
