-- Every confirmed attack of the window, not seen in training, that was taken for bona fide, the newest first.
SELECT occurred_at, account_id, region, species, attack, stage, score, decision, event_id
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  AND is_unseen AND is_attack AND decision = 'allow' AND ($species IS NULL OR species = $species)
ORDER BY occurred_at DESC, event_id
