-- The identity checks of an account by a moment, the newest first, with score and decision.
SELECT occurred_at, purpose, attempt, device, stage, score, decision, event_id
FROM check_facts
WHERE account_id = $account_id AND occurred_at <= $until
ORDER BY occurred_at DESC, event_id
