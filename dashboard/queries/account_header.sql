-- Who an account is, and how risky it is now.
SELECT r.account_id, r.region, r.country, r.opened_at, r.first_seen, r.last_seen, r.events, r.flagged,
       r.amount::DOUBLE AS amount, r.amount_stopped::DOUBLE AS amount_stopped, r.score, r.peak_score, r.peak_event_id,
       r.sentence, r.state, a.customer_type, a.kyc_country, a.referrer_id
FROM account_risk AS r LEFT JOIN accounts AS a USING (account_id)
WHERE r.account_id = $account_id
