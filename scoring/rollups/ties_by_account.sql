-- Which devices, network addresses and counterparties each account used and what is known of each, sorted by account.
CREATE OR REPLACE TABLE ties_by_account AS
SELECT
  ties.*,
  risk.accounts AS accounts_of_all,
  risk.events AS events_of_all,
  risk.flagged AS flagged_of_all,
  risk.confirmed,
  risk.signature,
  risk.description
FROM ties_by_entity AS ties
JOIN entity_risk AS risk USING (entity_kind, entity)
ORDER BY account_id, entity_kind, entity
