-- Every official freeze order that was executed in the window, the newest first.
SELECT record.answered_at AS counted_at, record.received_at, record.request_id, record.request_class AS class, record.agency, record.agency_kind, record.country AS agency_country, record.account_ids[1] AS account_id, record.outcome, record.amount::DOUBLE AS amount, coalesce(home.region, 'unknown') AS region, home.country, 1 AS counted
FROM desk_requests AS record LEFT JOIN account_risk AS home ON home.account_id = record.account_ids[1]
WHERE record.asker = 'authority' AND record.request_class = 'freeze' AND record.outcome = 'executed' AND record.answered_at >= $starts AND record.answered_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY counted_at DESC, request_id
