-- The accounts that are looked at: those with rings and cases first, then the riskiest.
SELECT account_id, max(event_id) AS event_id
FROM account_risk LEFT JOIN flagged_events USING (account_id)
GROUP BY account_id
ORDER BY account_id IN (SELECT account_id FROM ring_members) DESC,
         account_id IN (SELECT subject_id FROM desk_cases) DESC, max(peak_score) DESC NULLS LAST, account_id
LIMIT $accounts
