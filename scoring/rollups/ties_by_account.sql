-- Which devices, network addresses and counterparties each account used, sorted by account.
CREATE OR REPLACE TABLE ties_by_account AS
SELECT *
FROM ties_by_entity
ORDER BY account_id, entity_kind, entity
