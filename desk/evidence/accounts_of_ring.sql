-- The accounts of a ring, the cases about it, and the time from which it has members.
SELECT
  list_sort(list_distinct(list(account_id))) AS accounts,
  []::VARCHAR[] AS events,
  (SELECT coalesce(list(case_id ORDER BY case_id), []) FROM desk_cases
   WHERE subject_kind = 'ring' AND subject_id = $object_id) AS cases,
  min(since) AS first_at
FROM ring_members
WHERE ring_id = $object_id
