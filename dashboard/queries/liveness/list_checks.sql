-- The identity checks of the window with their decision and what is known of them, the riskiest or the newest first.
SELECT occurred_at, account_id, region, country, purpose, attempt, device, media, stage, cheap_score, score, decision,
  CASE WHEN is_attack THEN 'attack' WHEN is_ripe THEN 'bona fide' ELSE 'not known yet' END AS truth, species, event_id
FROM check_facts
WHERE occurred_at >= $starts AND occurred_at < $ends AND ($region IS NULL OR region = $region)
  AND ($decision IS NULL OR decision = $decision) AND ($species IS NULL OR species = $species)
  AND ($stage IS NULL OR stage = $stage)
ORDER BY CASE WHEN $ordering = 'riskiest' THEN score END DESC NULLS LAST, occurred_at DESC, event_id
