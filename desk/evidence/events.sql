-- The newest events of the accounts with their scores and decisions, at most $most of them.
SELECT
  event_id, occurred_at, stream, kind, outcome, account_id, amount, asset, counterparty, device_id, ip,
  network_country, region, country, model, model_version, score, threshold, decision, policy_version, reason, sentence
FROM scored
WHERE account_id IN (SELECT unnest($accounts::VARCHAR[]))
  AND occurred_at >= $since AND occurred_at <= $until
ORDER BY occurred_at DESC, event_id
LIMIT $most
