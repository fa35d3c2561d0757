-- Every identity check whose truth is known and was not known to its model, with its score, decision and groups.
SELECT
  CAST(date_trunc('quarter', occurred_at) AS DATE) AS quarter,
  score,
  decision,
  is_attack,
  CASE WHEN is_attack THEN coalesce(species, 'not named') END AS species,
  CASE WHEN is_attack THEN coalesce(attack, 'not named') END AS attack,
  -- Attacks of a ring rise and fall together, and so do the attempts of one honest person.
  coalesce(ring_id, account_id) AS cluster,
  coalesce(region, 'unknown') AS region,
  device,
  coalesce(light, 'no media') AS light,
  coalesce(skin_tone, 'no media') AS skin_tone,
  stage
FROM check_facts
-- A young attack is known where it was found soon, which is where it was stopped: neither side counts it yet.
WHERE is_ripe AND is_unseen AND score IS NOT NULL
ORDER BY quarter, occurred_at, event_id
