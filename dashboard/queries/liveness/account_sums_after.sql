-- How much came to an account, left it and was stopped after an identity check.
WITH own AS MATERIALIZED (SELECT * FROM scored WHERE account_id = $account_id AND occurred_at > $occurred_at),
sent AS (SELECT * FROM scored WHERE counterparty = $account_id AND kind = 'internal_transfer' AND occurred_at > $occurred_at),
moved AS (
  SELECT amount, occurred_at, stream, kind = 'deposit' AS is_in, kind IN ('withdrawal', 'internal_transfer') AS is_out,
    decision IN ('hold', 'block', 'freeze') AS is_stopped, coalesce(outcome, 'settled') = 'settled' AS is_settled
  FROM own
  UNION ALL
  SELECT amount, NULL, 'received', true, false, decision IN ('hold', 'block', 'freeze'), coalesce(outcome, 'settled') = 'settled'
  FROM sent
)
SELECT count(*) FILTER (stream IN ('transaction', 'login')) AS events, max(occurred_at) AS last_seen,
  coalesce(sum(amount) FILTER (is_in AND is_settled AND NOT is_stopped), 0)::DOUBLE AS moved_in,
  coalesce(sum(amount) FILTER (is_out AND is_settled AND NOT is_stopped), 0)::DOUBLE AS moved_out,
  coalesce(sum(amount) FILTER (is_out AND is_stopped), 0)::DOUBLE AS stopped_out
FROM moved
