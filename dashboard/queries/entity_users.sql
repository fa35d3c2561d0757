-- Who else used a device, network address or counterparty, the riskiest first.
WITH users AS MATERIALIZED (SELECT * FROM ties_by_entity WHERE entity_kind = $entity_kind AND entity = $entity)
SELECT users.account_id, risk.score, risk.state, risk.sentence, risk.country, users.events, users.flagged,
       users.amount::DOUBLE AS amount, users.first_seen, users.last_seen
FROM users LEFT JOIN account_risk AS risk USING (account_id)
ORDER BY risk.score DESC NULLS LAST, users.account_id
