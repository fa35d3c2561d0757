-- Every roll-out of the store, oldest first.
SELECT rollout_id, area, starts_at, CAST(changes AS VARCHAR)
FROM rollouts
ORDER BY starts_at, approved_at, rollout_id
