-- Every request of an authority that was answered in the window, freeze orders among them, the newest first.
SELECT record.answered_at AS counted_at, record.received_at, record.request_id, record.class, record.agency, record.agency_kind, record.country AS agency_country, record.account_id, record.outcome, record.amount::DOUBLE AS amount, coalesce(home.region, 'unknown') AS region, home.country, 1 AS counted
FROM requests AS record LEFT JOIN account_risk AS home USING (account_id)
WHERE record.answered_at >= $starts AND record.answered_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY counted_at DESC, request_id
