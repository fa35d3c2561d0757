-- The riskiest account there is now, in a region or anywhere.
SELECT account_id FROM account_risk
WHERE $region IS NULL OR region = $region
ORDER BY score DESC NULLS LAST, peak_score DESC NULLS LAST, account_id
LIMIT 1
