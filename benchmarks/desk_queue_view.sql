-- The same page of the list as a view over the steps in the transactional store gives it.
SELECT case_id, severity, kind, channel, status, expected_loss_micro, opened_at
FROM cases_now
WHERE status IN ('open', 'paused') AND severity = :severity
ORDER BY expected_loss_micro DESC, case_id
LIMIT 50
