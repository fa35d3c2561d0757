-- Accounts whose id, device, network address or counterparty is the text searched, the riskiest first.
WITH hits AS MATERIALIZED (
  SELECT account_id, 'account' AS matched FROM account_profiles WHERE account_id = $text
  UNION ALL
  SELECT account_id, entity_kind FROM ties_by_entity WHERE entity = $text OR entity = lower($text)
  UNION ALL
  SELECT account_id, 'account' FROM account_profiles WHERE length($text) >= 3 AND starts_with(account_id, $text) AND account_id <> $text
),
found AS (SELECT account_id, min(matched) AS matched FROM hits GROUP BY account_id)
SELECT account_id, found.matched, score, state, sentence, country, region, flagged, events, amount_stopped, last_seen
FROM found JOIN account_profiles USING (account_id)
ORDER BY account_id = $text DESC, score DESC NULLS LAST, account_id
