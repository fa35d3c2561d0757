-- The replayed alerts of a channel up to an alert budget, or with $below the crime that stays under it.
SELECT came_at, kind, account, event, event_kind, score, amount, severity, budget, crime, is_ripe, value
FROM capacity_alerts
WHERE channel = $channel
  AND CASE WHEN $below THEN coalesce(budget, 1e9) > $budget AND value > 0 ELSE budget <= $budget END
  AND (NOT $innocent OR (NOT crime AND is_ripe))
ORDER BY came_at DESC, event
