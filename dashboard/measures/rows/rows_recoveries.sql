-- Every mistaken transfer that was recovered in the window, the largest first.
SELECT record.ended_at AS counted_at, record.claimed_at, record.recovery_id, record.account_id, record.kind, record.asset, record.amount::DOUBLE AS amount, record.outcome, coalesce(home.region, 'unknown') AS region, home.country, 1 AS counted
FROM recoveries AS record LEFT JOIN account_risk AS home USING (account_id)
WHERE record.outcome = 'recovered' AND record.ended_at >= $starts AND record.ended_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY record.amount DESC, recovery_id
