-- The account, event and case of a freeze, and the time at which it began.
SELECT
  [account_id] AS accounts,
  list_filter([event_id], lambda one: one IS NOT NULL) AS events,
  list_filter([case_id], lambda one: one IS NOT NULL) AS cases,
  opened_at AS first_at
FROM desk_freezes
WHERE freeze_id = $object_id AND (NOT is_secret OR $sees_secret)
