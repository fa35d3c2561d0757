-- Every dated roll-out of a policy in $area, newest first, with what was foretold of it and who agreed on it.
SELECT rollout_id, title, starts_at, CAST(changes AS VARCHAR) AS changes, CAST(forecast AS VARCHAR) AS forecast,
  drafted_by, approved_by, approved_at
FROM rollouts
WHERE area = $area
ORDER BY starts_at DESC, approved_at DESC, rollout_id
