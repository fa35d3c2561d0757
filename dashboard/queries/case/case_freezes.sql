-- The money of an account that was stopped by a moment, the newest first, and whether it still was then.
SELECT freezes.placed_at, freezes.amount, freezes.decision,
       CASE
         WHEN freezes.ended_at <= $until THEN 'released'
         WHEN event.truth = 'confirmed' AND event.truth_known_at <= $until THEN 'confirmed'
         ELSE 'held'
       END AS state,
       CASE WHEN freezes.ended_at <= $until THEN freezes.ended_at END AS ended_at, freezes.event_id
FROM freezes LEFT JOIN flagged_events AS event USING (event_id, account_id)
WHERE freezes.account_id = $account_id AND freezes.placed_at <= $until
ORDER BY freezes.placed_at DESC, freezes.event_id
