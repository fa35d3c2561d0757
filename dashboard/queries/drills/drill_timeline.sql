-- What the customers of a case did up to an instant, the newest first.
WITH people AS MATERIALIZED (
  SELECT DISTINCT account_id FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of AND account_id IS NOT NULL
),
own AS MATERIALIZED (
  SELECT * FROM scored WHERE account_id IN (SELECT account_id FROM people) AND occurred_at <= $as_of
)
SELECT
  occurred_at, account_id, kind, outcome, amount::DOUBLE AS amount, asset, counterparty, device_id, ip,
  network_country, network_kind, score, decision
FROM own
ORDER BY occurred_at DESC, event_id
