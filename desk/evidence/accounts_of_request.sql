-- The accounts and the case of a request, and the time from which it wants data.
SELECT
  coalesce(account_ids, []) AS accounts,
  []::VARCHAR[] AS events,
  list_filter([case_id], lambda one: one IS NOT NULL) AS cases,
  least(received_at, coalesce(since, received_at)) AS first_at
FROM desk_requests
WHERE request_id = $object_id AND (NOT is_secret OR $sees_secret)
