-- Every appeal that was decided in the window, granted ones counted, the newest first.
SELECT record.ended_at AS counted_at, record.filed_at, record.appeal_id, record.account_id, record.event_id, record.outcome, coalesce(home.region, 'unknown') AS region, home.country, (record.outcome = 'granted')::INTEGER AS counted, 1 AS of_all
FROM appeals AS record LEFT JOIN account_risk AS home USING (account_id)
WHERE record.outcome IS NOT NULL AND record.ended_at >= $starts AND record.ended_at < $ends
  AND ($region IS NULL OR coalesce(home.region, 'unknown') = $region) AND ($country IS NULL OR home.country = $country)
ORDER BY counted_at DESC, appeal_id
