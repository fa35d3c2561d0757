-- What was known of each of `claims_to_describe` when it was claimed, by the claims of `known_claims` and the events.
WITH asked AS (
  SELECT
    claim.claim_id, claim.account_id, claim.claimed_at, claim.kind, claim.amount,
    moved.event_id, moved.occurred_at AS sent_at, moved.counterparty,
    moved.amount AS moved_amount,
    moved.account_id = claim.account_id AS is_own,
    coalesce(moved.occurred_at, claim.claimed_at) AS before
  FROM claims_to_describe AS claim
  LEFT JOIN transactions AS moved ON moved.event_id = claim.event_id AND moved.occurred_at <= claim.claimed_at
),
own AS (
  SELECT
    asked.claim_id,
    median(moved.amount) AS usual,
    count(*) FILTER (moved.counterparty = asked.counterparty) AS to_target
  FROM asked
  JOIN transactions AS moved ON moved.account_id = asked.account_id AND moved.occurred_at < asked.before
  GROUP BY asked.claim_id
),
users AS (
  SELECT asked.claim_id, count(DISTINCT moved.account_id) AS customers
  FROM asked
  JOIN transactions AS moved
    ON moved.counterparty = asked.counterparty AND moved.occurred_at < asked.before
    AND moved.account_id <> asked.account_id
  GROUP BY asked.claim_id
),
newest AS (
  SELECT asked.claim_id, arg_max(seen.device_id, seen.occurred_at) AS device_id, arg_max(seen.ip, seen.occurred_at) AS ip
  FROM asked
  JOIN spine AS seen ON seen.account_id = asked.account_id AND seen.occurred_at <= asked.claimed_at
  WHERE seen.stream <> 'transaction' OR seen.kind <> 'deposit'
  GROUP BY asked.claim_id
),
first AS (
  SELECT
    asked.claim_id,
    min(seen.occurred_at) FILTER (seen.device_id = newest.device_id) AS device_since,
    min(seen.occurred_at) FILTER (seen.ip = newest.ip) AS network_since
  FROM asked
  JOIN newest USING (claim_id)
  JOIN spine AS seen ON seen.account_id = asked.account_id AND seen.occurred_at <= asked.claimed_at
  GROUP BY asked.claim_id
),
earlier AS (
  SELECT
    asked.claim_id, count(*) AS claims,
    count(*) FILTER (other.outcome = 'false_claim' AND other.ended_at < asked.claimed_at) AS false_claims
  FROM asked
  JOIN known_claims AS other ON other.account_id = asked.account_id AND other.claimed_at < asked.claimed_at
  GROUP BY asked.claim_id
),
flagged AS (
  SELECT asked.claim_id, count(*) AS events
  FROM asked
  JOIN flagged_events AS one ON one.account_id = asked.account_id AND one.occurred_at < asked.claimed_at
  GROUP BY asked.claim_id
),
ringed AS (
  SELECT DISTINCT asked.claim_id
  FROM asked
  JOIN ring_members AS member
    ON member.account_id = asked.account_id AND member.since <= asked.claimed_at
    AND (member.until IS NULL OR member.until > asked.claimed_at)
)
SELECT
  asked.claim_id, asked.kind,
  greatest(date_diff('hour', coalesce(accounts.opened_at, asked.claimed_at), asked.claimed_at), 0) / 24.0 AS account_days,
  coalesce(flagged.events, 0)::DOUBLE AS flagged_before,
  (asked.amount / nullif(own.usual, 0))::DOUBLE AS times_usual,
  (asked.event_id IS NOT NULL AND asked.is_own)::INTEGER::DOUBLE AS has_transfer,
  (asked.moved_amount IS NOT NULL AND asked.amount > asked.moved_amount)::INTEGER::DOUBLE AS claims_more,
  coalesce(own.to_target, 0)::DOUBLE AS paid_target_before,
  coalesce(users.customers, 0)::DOUBLE AS target_customers,
  date_diff('minute', asked.sent_at, asked.claimed_at) / 60.0 AS hours_to_claim,
  (first.device_since >= asked.claimed_at - INTERVAL 7 DAY)::INTEGER::DOUBLE AS new_device,
  (first.network_since >= asked.claimed_at - INTERVAL 7 DAY)::INTEGER::DOUBLE AS new_network,
  (ringed.claim_id IS NOT NULL)::INTEGER::DOUBLE AS in_ring,
  coalesce(earlier.claims, 0)::DOUBLE AS claims_before,
  coalesce(earlier.false_claims, 0)::DOUBLE AS false_claims_before
FROM asked
LEFT JOIN own USING (claim_id)
LEFT JOIN users USING (claim_id)
LEFT JOIN first USING (claim_id)
LEFT JOIN earlier USING (claim_id)
LEFT JOIN flagged USING (claim_id)
LEFT JOIN ringed USING (claim_id)
LEFT JOIN accounts ON accounts.account_id = asked.account_id
ORDER BY asked.claim_id
