-- Every transfer of the ledger that gave a mistaken transfer back in the window, with its value, the largest first.
SELECT moved.done_at AS counted_at, claim.claimed_at, claim.claim_id AS recovery_id, moved.account_id, claim.kind, moved.asset, moved.amount::DOUBLE AS amount, claim.outcome, coalesce(home.region, 'unknown') AS region, home.country, moved.amount::DOUBLE AS counted
FROM desk_transfers AS moved JOIN desk_claims AS claim ON claim.claim_id = moved.object_id LEFT JOIN account_risk AS home ON home.account_id = moved.account_id
WHERE moved.object_kind = 'recovery' AND moved.target = 'recovered' AND moved.done_at >= $starts AND moved.done_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY moved.amount DESC, recovery_id
