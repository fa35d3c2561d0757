-- How many live cases of a place are there, breached, due soon, in one's hands, and what may be lost by those that wait?
WITH live AS (
  SELECT
    c.expected_loss,
    k.state AS clock,
    CASE WHEN c.lease_until > $wall::TIMESTAMP THEN c.holder END AS in_hand
  FROM desk_cases AS c
  LEFT JOIN desk_standing_at($now::TIMESTAMP) AS k ON k.case_id = c.case_id
  WHERE c.status IN ('open', 'paused')
    AND ($region::VARCHAR IS NULL OR list_contains(c.regions, $region::VARCHAR))
    AND ($channel::VARCHAR[] IS NULL OR list_contains($channel::VARCHAR[], c.channel))
)
SELECT
  count(*) AS live,
  count(*) FILTER (clock = 'breached') AS breached,
  count(*) FILTER (clock = 'due_soon') AS due_soon,
  count(*) FILTER (in_hand = $me::VARCHAR) AS in_hand,
  count(*) FILTER (in_hand IS NULL AND clock <> 'paused') AS waiting,
  coalesce(sum(expected_loss) FILTER (in_hand IS NULL AND clock <> 'paused'), 0) AS waiting_loss
FROM live
