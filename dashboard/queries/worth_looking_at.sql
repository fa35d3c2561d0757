-- The alerts of the last seven days that wait: of each account that with the most to lose, and its reasons.
WITH now AS (SELECT max(last_seen) AS now FROM account_risk),
waiting AS MATERIALIZED (
  SELECT event_id, account_id, occurred_at, stream, kind, amount, region, country, score, decision, sentence
  FROM flagged_events CROSS JOIN now
  WHERE decision IN ('hold', 'block', 'freeze') AND occurred_at > now - INTERVAL 7 DAY AND answered_at IS NULL AND ($region IS NULL OR region = $region)
),
usual AS (SELECT coalesce(median(amount), 0) AS amount FROM waiting),
staked AS (
  SELECT waiting.* EXCLUDE (amount), waiting.amount::DOUBLE AS amount, profile.state,
         -- Where no money moves yet: what the account moved in 30 days, and at least the usual amount of an alert.
         coalesce(waiting.amount, greatest(profile.amount_now, usual.amount))::DOUBLE AS at_stake,
         -- Money that left is harder to stop with every day: what may still be lost halves daily.
         waiting.score * at_stake * pow(2, -date_diff('minute', occurred_at, now) / 1440) AS to_lose
  FROM waiting CROSS JOIN now LEFT JOIN account_profiles AS profile USING (account_id) CROSS JOIN usual
),
chosen AS MATERIALIZED (
  SELECT *
  FROM staked
  QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY to_lose DESC, score DESC, event_id) = 1
  ORDER BY to_lose DESC, score DESC, account_id
  LIMIT $how_many
),
others AS (
  SELECT event_id, list(reasons.sentence ORDER BY rank)[:2] AS also
  FROM reasons JOIN chosen USING (event_id)
  -- What kind of event it is tells nobody why.
  WHERE rank <= 4 AND points > 0 AND reasons.sentence <> chosen.sentence AND reason <> 'kind of event'
    AND reasons.occurred_at >= (SELECT min(occurred_at) FROM chosen)
  GROUP BY event_id
)
SELECT chosen.* EXCLUDE (to_lose), coalesce(others.also, []) AS also
FROM chosen LEFT JOIN others USING (event_id)
ORDER BY chosen.to_lose DESC, chosen.score DESC, chosen.account_id
