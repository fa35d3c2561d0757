-- What the customers of a case shared with others up to an instant, and what was known then of those others.
WITH people AS MATERIALIZED (
  SELECT DISTINCT account_id FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of AND account_id IS NOT NULL
),
own AS MATERIALIZED (
  SELECT DISTINCT entity_kind, entity FROM ties_by_account
  WHERE account_id IN (SELECT account_id FROM people) AND first_seen <= $as_of
),
others AS MATERIALIZED (
  SELECT entity_kind, entity, account_id
  FROM ties_by_entity JOIN own USING (entity_kind, entity)
  WHERE first_seen <= $as_of AND account_id NOT IN (SELECT account_id FROM people)
),
known AS (
  SELECT DISTINCT account_id FROM labels
  WHERE outcome = 'confirmed' AND known_at <= $as_of AND account_id IN (SELECT account_id FROM others)
),
listed AS (
  SELECT entity_kind, entity, min(category) AS category
  FROM signature_matches JOIN own USING (entity_kind, entity)
  WHERE listed_at <= $as_of
  GROUP BY entity_kind, entity
)
SELECT
  own.entity_kind, own.entity, count(others.account_id) AS others, count(known.account_id) AS confirmed_then,
  any_value(listed.category) AS listed
FROM own
LEFT JOIN others USING (entity_kind, entity)
LEFT JOIN known ON known.account_id = others.account_id
LEFT JOIN listed ON listed.entity_kind = own.entity_kind AND listed.entity = own.entity
GROUP BY own.entity_kind, own.entity
HAVING count(others.account_id) > 0 OR any_value(listed.category) IS NOT NULL
ORDER BY any_value(listed.category) IS NULL, count(known.account_id) = 0,
  list_position(['device', 'counterparty', 'ip'], own.entity_kind), count(others.account_id), own.entity
