-- Which people, roles, actions and kinds of things are there to choose from in the audit log?
SELECT
  list_sort(list(DISTINCT actor)) AS person,
  list_sort(list(DISTINCT role)) AS role,
  list_sort(list(DISTINCT action)) AS action,
  list_sort(list(DISTINCT object_kind)) AS kind
FROM desk_audit
