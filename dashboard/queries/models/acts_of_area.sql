-- The events of $area from $starts to $ends whose decision a rule took (or, with $act, this one), newest first.
SELECT policy_acts.event_id, policy_acts.occurred_at, scored.account_id, kind, amount, score,
  by_score, policy_acts.decision, act, probability
FROM policy_acts
JOIN scored USING (event_id)
WHERE area = $area AND policy_acts.occurred_at >= $starts AND policy_acts.occurred_at < $ends
  AND ($act IS NULL OR act = $act)
ORDER BY policy_acts.occurred_at DESC, policy_acts.event_id
