-- Deposits that prove control: the account's own, of exactly the amount asked, from the address asked, in time.
SELECT asked.claim_id, arg_min(moved.event_id, (moved.occurred_at, moved.event_id)) AS event_id,
  min(moved.occurred_at) AS proved_at
FROM claims_to_prove AS asked
JOIN transactions AS moved
  ON moved.account_id = asked.account_id AND moved.kind = 'deposit' AND coalesce(moved.status, 'settled') = 'settled'
  AND (moved.amount * 1000000)::BIGINT = asked.challenge_micro
  AND moved.occurred_at >= asked.challenge_at AND moved.occurred_at < asked.challenge_until
  AND (asked.challenge_from IS NULL OR moved.counterparty = asked.challenge_from)
GROUP BY asked.claim_id
ORDER BY proved_at, asked.claim_id
