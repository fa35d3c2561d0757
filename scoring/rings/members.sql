-- Who was in which ring and what it did there: roles, money while in it, its place in the drawing.
CREATE OR REPLACE TABLE ring_members AS
WITH moved AS (
  SELECT ring_id, account_id, sum(received) AS received, sum(sent) AS sent, sum(cashed_out) AS cashed_out
  FROM (
    SELECT ring_id, receiver AS account_id, amount AS received, 0 AS sent, 0 AS cashed_out
    FROM ring_transfers
    WHERE leg <> 'out'
    UNION ALL
    SELECT ring_id, sender, 0, if(leg = 'inside', amount, 0), if(leg = 'out', amount, 0)
    FROM ring_transfers
    WHERE leg <> 'in'
  )
  GROUP BY ring_id, account_id
)
SELECT
  found_stays.ring_id, found_stays.account_id, found_stays.since, found_stays.until,
  coalesce(found_roles.role, 'member') AS role,
  coalesce(found_roles.role_sentence, 'It is tied to the others; no transfer of its own shows a part.') AS role_sentence,
  found_stays.strength, ring_accounts.region, ring_accounts.country,
  CAST(coalesce(moved.received, 0) AS DECIMAL(18, 6)) AS received,
  CAST(coalesce(moved.sent, 0) AS DECIMAL(18, 6)) AS sent,
  CAST(coalesce(moved.cashed_out, 0) AS DECIMAL(18, 6)) AS cashed_out,
  make_timestamp(ring_accounts.confirmed_t) AS confirmed_at,
  coalesce(found_places.x, 0.0) AS x,
  coalesce(found_places.y, 0.0) AS y
FROM found_stays
JOIN ring_accounts USING (account_id)
LEFT JOIN found_roles USING (ring_id, account_id)
LEFT JOIN found_places USING (ring_id, account_id)
LEFT JOIN moved USING (ring_id, account_id)
ORDER BY found_stays.ring_id, found_stays.since, found_stays.account_id
