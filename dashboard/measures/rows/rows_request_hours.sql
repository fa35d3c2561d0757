-- Every request of an authority that was answered in the window, with the hours it took, the longest first.
SELECT record.answered_at AS counted_at, record.received_at, record.request_id, record.request_class AS class, record.agency, record.agency_kind, record.country AS agency_country, record.account_ids[1] AS account_id, record.outcome, record.amount::DOUBLE AS amount, coalesce(home.region, 'unknown') AS region, home.country, date_diff('minute', record.received_at, record.answered_at) / 60 AS counted
FROM desk_requests AS record LEFT JOIN account_risk AS home ON home.account_id = record.account_ids[1]
WHERE record.asker = 'authority' AND record.answered_at >= $starts AND record.answered_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY counted DESC, request_id
