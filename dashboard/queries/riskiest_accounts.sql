-- The accounts of a region or country by risk, the riskiest first.
SELECT account_id, score, state, sentence, country, region, flagged, events, amount_stopped, last_seen
FROM account_risk
WHERE ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY score DESC NULLS LAST, peak_score DESC NULLS LAST, account_id
