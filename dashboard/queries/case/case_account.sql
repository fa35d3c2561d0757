-- Who the account of a case is: where it is from, and since when it is there.
SELECT account_id, region, country, opened_at, first_seen, customer_type, kyc_country, referrer_id
FROM account_profiles
WHERE account_id = $account_id
