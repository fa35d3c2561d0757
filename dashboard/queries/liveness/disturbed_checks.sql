-- Every bona fide check of the window, not seen in training, that did not pass at once, the newest first.
SELECT occurred_at, account_id, region, device, stage, score, decision, event_id
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  AND is_unseen AND is_ripe AND NOT is_attack AND decision <> 'allow'
ORDER BY occurred_at DESC, event_id
