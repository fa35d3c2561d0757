-- What is known of the accounts that data are handed over of.
SELECT account_id, opened_at, kyc_country, customer_type
FROM accounts
WHERE account_id IN (SELECT unnest($accounts))
ORDER BY account_id
