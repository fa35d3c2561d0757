-- The case about an account that needs somebody, about itself or about its ring.
SELECT desk_cases.case_id, kind, severity, status, holder, opened_at
FROM desk_cases
WHERE status IN ('open', 'paused')
  AND ((subject_kind = 'account' AND subject_id = $account_id)
    OR case_id IN (SELECT case_id FROM desk_alerts WHERE account_id = $account_id))
ORDER BY subject_kind, opened_at DESC, case_id
LIMIT 1
