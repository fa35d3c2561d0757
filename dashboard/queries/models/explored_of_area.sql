-- The would-be blocks of $area from $starts to $ends that were drawn at random and held, with what became known of them, newest first.
SELECT
  policy_acts.event_id, policy_acts.occurred_at, scored.account_id, scored.kind, scored.amount, scored.score,
  policy_acts.by_score, policy_acts.decision, policy_acts.probability, flagged_events.truth, flagged_events.truth_known_at
FROM policy_acts
JOIN scored USING (event_id)
LEFT JOIN flagged_events ON flagged_events.event_id = policy_acts.event_id
WHERE policy_acts.area = $area AND policy_acts.probability IS NOT NULL AND policy_acts.decision <> 'block'
  AND policy_acts.occurred_at >= $starts AND policy_acts.occurred_at < $ends
ORDER BY policy_acts.occurred_at DESC, policy_acts.event_id
