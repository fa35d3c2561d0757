-- How many live cases of a place are there, breached, due soon, in one's hands, and what may be lost by those that wait?
WITH live AS (
  SELECT
    c.expected_loss,
    c.status = 'paused' AND (c.paused_until IS NULL OR c.paused_until > $now::TIMESTAMP) AS is_stopped,
    clock_state(k.due_at, k.minutes, is_stopped, $now::TIMESTAMP) AS clock,
    CASE WHEN c.lease_until > $wall::TIMESTAMP THEN c.holder END AS in_hand
  FROM desk_cases AS c
  LEFT JOIN desk_clocks AS k ON k.case_id = c.case_id
  WHERE c.status IN ('open', 'paused')
    AND ($region::VARCHAR IS NULL OR list_contains(c.regions, $region::VARCHAR))
    AND ($channel::VARCHAR[] IS NULL OR list_contains($channel::VARCHAR[], c.channel))
)
SELECT
  count(*) AS live,
  count(*) FILTER (clock = 'breached') AS breached,
  count(*) FILTER (clock = 'due_soon') AS due_soon,
  count(*) FILTER (in_hand = $me::VARCHAR) AS in_hand,
  count(*) FILTER (in_hand IS NULL AND NOT is_stopped) AS waiting,
  coalesce(sum(expected_loss) FILTER (in_hand IS NULL AND NOT is_stopped), 0) AS waiting_loss
FROM live
