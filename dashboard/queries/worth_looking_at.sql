-- The accounts whose alerts wait with the highest scores of the last 30 days, each with that event and its strongest reasons.
WITH riskiest AS MATERIALIZED (
  SELECT account_id, peak_event_id, state, sentence
  FROM account_risk
  WHERE score IS NOT NULL AND state IN ('watched', 'restricted', 'frozen') AND ($region IS NULL OR region = $region)
  ORDER BY score DESC, amount_stopped DESC NULLS LAST, account_id
  LIMIT $how_many
),
chosen AS MATERIALIZED (
  SELECT scored.event_id, scored.account_id, scored.occurred_at, scored.stream, scored.kind, scored.amount::DOUBLE AS amount,
         scored.region, scored.country, scored.score, scored.decision,
         coalesce(scored.sentence, riskiest.sentence) AS sentence, riskiest.state
  FROM scored JOIN riskiest ON scored.account_id = riskiest.account_id AND scored.event_id = riskiest.peak_event_id
),
others AS (
  SELECT event_id, list(reasons.sentence ORDER BY rank) AS also
  FROM reasons JOIN chosen USING (event_id)
  WHERE rank > 1 AND rank <= 3 AND points > 0 AND reasons.sentence IS NOT NULL
    AND reasons.occurred_at >= (SELECT min(occurred_at) FROM chosen)
  GROUP BY event_id
)
SELECT chosen.*, coalesce(others.also, []) AS also
FROM chosen LEFT JOIN others USING (event_id)
ORDER BY chosen.score DESC, chosen.amount DESC NULLS LAST, chosen.account_id
