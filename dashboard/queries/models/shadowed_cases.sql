-- The cases of crime of the matured shadow of $model_version, with what it and the champion said of each.
SELECT
  spine.event_id,
  spine.account_id,
  spine.occurred_at,
  spine.kind,
  spine.amount,
  shadow.score AS challenger_score,
  coalesce(champions.score, scored.score) AS champion_score,
  scored.decision
FROM verdicts
JOIN shadow_scores AS shadow USING (model_version)
JOIN spine USING (event_key)
JOIN scored USING (event_key)
JOIN confirmed_events AS confirmed ON confirmed.event_id = spine.event_id
LEFT JOIN (
  SELECT event_key, score FROM shadow_scores WHERE model_version IN (SELECT model_version FROM model_versions)
) AS champions USING (event_key)
WHERE verdicts.model_version = $model_version
  AND spine.occurred_at >= verdicts.since AND spine.occurred_at < verdicts.matured_until
ORDER BY spine.occurred_at DESC, spine.event_id
