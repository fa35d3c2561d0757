-- What was done with the cases of a channel in a shift, by action and outcome; what was undone again is left out.
WITH done AS (
  SELECT steps.*, earlier.channel AS channel_before
  FROM desk_steps AS steps
  LEFT JOIN desk_steps AS earlier ON earlier.case_id = steps.case_id AND earlier.version = steps.version - 1
  WHERE steps.done_at >= $starts AND steps.done_at < $ends
    AND steps.action IN ('opened', 'disposed', 'escalated', 'handed', 'reopened', 'merged', 'withdrawn', 'lapsed')
    AND NOT EXISTS (
      FROM desk_steps AS later
      WHERE later.case_id = steps.case_id AND later.version = steps.version + 1 AND later.action = 'undone'
    )
)
SELECT action, CASE WHEN action = 'disposed' THEN outcome END AS outcome, count(*)::INTEGER AS cases
FROM done
WHERE channel = $channel AND action <> 'handed'
GROUP BY ALL
UNION ALL
SELECT 'handed_in', NULL, count(*)::INTEGER FROM done WHERE action = 'handed' AND channel = $channel
UNION ALL
SELECT 'handed_out', NULL, count(*)::INTEGER FROM done
WHERE action = 'handed' AND channel_before = $channel AND channel <> $channel
ORDER BY ALL
