-- The devices, networks and counterparties of an account by a moment, and who else had used each by then.
WITH own AS MATERIALIZED (
  SELECT entity_kind, entity, description, first_seen, accounts_of_all
  FROM ties_by_account
  WHERE account_id = $account_id AND first_seen <= $until
),
wanted AS MATERIALIZED (
  SELECT *, list_contains($entities::VARCHAR[], entity) AS is_in_case
  FROM own
  ORDER BY is_in_case DESC, first_seen DESC
  LIMIT $how_many
),
others AS MATERIALIZED (
  SELECT entity_kind, entity, users.account_id
  FROM ties_by_entity AS users
  SEMI JOIN (FROM wanted WHERE accounts_of_all > 1) AS shared USING (entity_kind, entity)
  WHERE users.account_id <> $account_id AND users.first_seen <= $until
),
known AS (
  SELECT account_id, min(known_at) AS known_at
  FROM confirmed_events
  WHERE known_at <= $until AND account_id IN (SELECT account_id FROM others)
  GROUP BY account_id
),
counted AS (
  SELECT entity_kind, entity, count(*) AS other_accounts, count(known.account_id) AS confirmed_accounts,
         array_sort(list(others.account_id))[:5] AS accounts
  FROM others LEFT JOIN known USING (account_id)
  GROUP BY entity_kind, entity
),
listed AS (
  SELECT value, any_value(category) AS listed
  FROM signatures
  WHERE listed_at <= $until AND value IN (SELECT entity FROM wanted)
  GROUP BY value
)
SELECT wanted.entity_kind, wanted.entity, wanted.description, wanted.first_seen, wanted.is_in_case,
       coalesce(counted.other_accounts, 0) AS other_accounts,
       coalesce(counted.confirmed_accounts, 0) AS confirmed_accounts,
       coalesce(counted.accounts, []) AS accounts, listed.listed
FROM wanted LEFT JOIN counted USING (entity_kind, entity) LEFT JOIN listed ON listed.value = wanted.entity
ORDER BY is_in_case DESC, listed IS NULL, confirmed_accounts DESC, other_accounts DESC, first_seen DESC, entity
