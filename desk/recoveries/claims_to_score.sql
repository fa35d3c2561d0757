-- Every claim there is, of the desk and of other systems, as scoring reads it.
SELECT claim_id, account_id, event_id, claimed_at, kind, amount, ended_at, outcome FROM desk_claims
UNION ALL
SELECT recovery_id, account_id, event_id, claimed_at, kind, amount, ended_at, outcome
FROM recoveries
WHERE amount > 0 AND recovery_id NOT IN (SELECT claim_id FROM desk_claims)
ORDER BY claim_id
