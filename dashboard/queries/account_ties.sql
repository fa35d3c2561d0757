-- The devices, networks and counterparties of an account, the riskiest first, and how many others use each.
WITH own AS MATERIALIZED (SELECT * FROM ties_by_account WHERE account_id = $account_id)
SELECT own.entity_kind, own.entity, risk.description, own.events, own.flagged, own.amount::DOUBLE AS amount,
       greatest(risk.accounts - 1, 0) AS other_accounts, risk.flagged AS flagged_by_all, risk.confirmed, risk.signature,
       own.first_seen, own.last_seen
FROM own LEFT JOIN entity_risk AS risk ON risk.entity_kind = own.entity_kind AND risk.entity = own.entity
ORDER BY risk.signature IS NULL, risk.confirmed DESC NULLS LAST, risk.flagged / risk.events DESC NULLS LAST, own.events DESC, own.entity
