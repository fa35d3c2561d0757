-- The accounts whose alerts wait with the highest scores of the last 30 days, each with that event and its strongest reason.
WITH riskiest AS MATERIALIZED (
  SELECT account_id, peak_event_id, state, sentence
  FROM account_risk
  WHERE score IS NOT NULL AND state IN ('watched', 'restricted', 'frozen') AND ($region IS NULL OR region = $region)
  ORDER BY score DESC, amount_stopped DESC NULLS LAST, account_id
  LIMIT $how_many
)
SELECT scored.event_id, scored.account_id, scored.occurred_at, scored.stream, scored.kind, scored.amount, scored.region,
       scored.country, scored.score, scored.decision, coalesce(scored.sentence, riskiest.sentence) AS sentence, riskiest.state
FROM scored JOIN riskiest ON scored.account_id = riskiest.account_id AND scored.event_id = riskiest.peak_event_id
ORDER BY scored.score DESC, scored.amount DESC NULLS LAST, scored.account_id
