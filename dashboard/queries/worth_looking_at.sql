-- The alerts of the last seven days that wait: of each account that with the most to lose (score times money), and its reasons.
WITH now AS (SELECT max(last_seen) AS now FROM account_risk),
waiting AS MATERIALIZED (
  SELECT event_id, account_id, occurred_at, stream, kind, amount, region, country, score, decision, sentence
  FROM flagged_events CROSS JOIN now
  WHERE occurred_at > now - INTERVAL 7 DAY AND answered_at IS NULL AND ($region IS NULL OR region = $region)
),
usual AS (SELECT coalesce(median(amount), 0) AS amount FROM waiting),
staked AS (
  SELECT waiting.* EXCLUDE (amount), waiting.amount::DOUBLE AS amount, profile.state,
         -- Where no money moves yet: what the account moved in 30 days, and at least the usual amount of an alert.
         coalesce(waiting.amount, greatest(profile.amount_now, usual.amount))::DOUBLE AS at_stake
  FROM waiting LEFT JOIN account_profiles AS profile USING (account_id) CROSS JOIN usual
),
chosen AS MATERIALIZED (
  SELECT *
  FROM staked
  QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY score * at_stake DESC, score DESC, occurred_at DESC, event_id) = 1
  ORDER BY score * at_stake DESC, score DESC, occurred_at DESC, account_id
  LIMIT $how_many
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
ORDER BY chosen.score * chosen.at_stake DESC, chosen.score DESC, chosen.occurred_at DESC, chosen.account_id
