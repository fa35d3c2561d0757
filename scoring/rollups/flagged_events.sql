-- Every event that was not allowed, with what lists and counts of alerts need, by time.
CREATE OR REPLACE TABLE flagged_events AS
SELECT
  event_id, account_id, occurred_at, stream, kind, outcome, amount, region, country,
  model, score, decision, reason, sentence
FROM scored
WHERE decision <> 'allow'
ORDER BY occurred_at, event_id
