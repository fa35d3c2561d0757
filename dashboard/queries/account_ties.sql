-- The devices, networks and counterparties of an account, the riskiest first, and how many others use each.
WITH own AS MATERIALIZED (SELECT * FROM ties_by_account WHERE account_id = $account_id)
SELECT entity_kind, entity, description, events, flagged, amount::DOUBLE AS amount,
       greatest(accounts_of_all - 1, 0) AS other_accounts, flagged_of_all AS flagged_by_all, confirmed, signature,
       first_seen, last_seen
FROM own
ORDER BY signature IS NULL, confirmed DESC NULLS LAST, flagged_of_all / events_of_all DESC NULLS LAST, events DESC, entity
