-- The accounts and events of a case and of those merged into it, and the time of its first alert.
SELECT
  list_sort(list_distinct(list(account_id) FILTER (account_id IS NOT NULL))) AS accounts,
  list_sort(list_distinct(list(event_id) FILTER (event_id IS NOT NULL))) AS events,
  list_sort(list_distinct(list(case_id))) AS cases,
  min(raised_at) AS first_at
FROM desk_alerts
WHERE case_id IN (SELECT case_id FROM desk_cases WHERE case_id = $object_id OR merged_into = $object_id)
