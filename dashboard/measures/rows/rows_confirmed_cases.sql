-- Every investigation that ended in the window as confirmed crime, the newest first.
SELECT record.closed_at AS counted_at, record.opened_at, record.case_id, record.account_id, record.typology, record.incident_id, record.amount_saved::DOUBLE AS amount, coalesce(home.region, 'unknown') AS region, home.country, 1 AS counted
FROM cases AS record LEFT JOIN account_risk AS home USING (account_id)
WHERE record.disposition = 'confirmed' AND record.closed_at >= $starts AND record.closed_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY counted_at DESC, case_id
