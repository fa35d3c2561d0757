-- Every identity check of an account, the newest first.
SELECT occurred_at, purpose, attempt, device, stage, score, decision,
  CASE WHEN is_attack THEN 'attack' WHEN is_ripe THEN 'bona fide' ELSE 'not known yet' END AS truth, species, event_id
FROM check_facts
WHERE account_id = $account_id
ORDER BY occurred_at DESC, event_id
