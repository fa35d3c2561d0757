-- Every check of the window that was decided before all media were read, or had none, the newest first.
SELECT occurred_at, account_id, region, stage, media, problem, score, decision, species, event_id
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  AND stage <> 'media'
ORDER BY occurred_at DESC, event_id
