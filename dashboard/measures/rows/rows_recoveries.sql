-- Every mistaken transfer that was recovered in the window, the largest first.
SELECT claim.ended_at AS counted_at, claim.claimed_at, claim.claim_id AS recovery_id, claim.account_id, claim.kind, claim.asset, claim.amount::DOUBLE AS amount, claim.outcome, coalesce(home.region, 'unknown') AS region, home.country, 1 AS counted
FROM desk_claims AS claim LEFT JOIN account_risk AS home USING (account_id)
WHERE claim.outcome = 'recovered' AND claim.ended_at >= $starts AND claim.ended_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY claim.amount DESC, recovery_id
