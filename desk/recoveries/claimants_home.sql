-- Where the account that claims is at home; no row where there is no such account.
SELECT coalesce(home.region, 'unknown') AS region, coalesce(home.country, account.kyc_country) AS country
FROM (SELECT $account_id AS account_id) AS asked
LEFT JOIN accounts AS account USING (account_id)
LEFT JOIN account_risk AS home USING (account_id)
WHERE account.account_id IS NOT NULL OR home.account_id IS NOT NULL
