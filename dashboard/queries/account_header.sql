-- Who an account is, and how risky it is now.
WITH own AS MATERIALIZED (SELECT * FROM account_profiles WHERE account_id = $account_id)
SELECT account_id, region, country, opened_at, first_seen, last_seen, events, flagged,
       amount::DOUBLE AS amount, amount_stopped::DOUBLE AS amount_stopped, score, peak_score, peak_event_id,
       sentence, state, customer_type, kyc_country, referrer_id
FROM own
