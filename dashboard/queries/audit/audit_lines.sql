-- Which lines of the audit log fit what was chosen, for a reader who may or may not know of secrets?
WITH
secret AS (
  SELECT freeze_id AS id FROM desk_freezes WHERE is_secret AND NOT $secrets
  UNION
  SELECT desk_transfers.transfer_id
  FROM desk_transfers
  JOIN desk_freezes ON desk_transfers.object_id = desk_freezes.freeze_id
  WHERE desk_freezes.is_secret AND NOT $secrets
  UNION
  SELECT request_id FROM desk_requests WHERE is_secret AND NOT $secrets
),
named AS (
  SELECT desk_audit.number, desk_audit.approval_id
  FROM desk_audit, unnest(mentions) AS mentioned(id)
  WHERE NOT $secrets AND mentioned.id IN (SELECT id FROM secret)
),
-- The steps of an approval name what it is of, but their lines may not.
hidden AS (
  SELECT number FROM named
  UNION
  SELECT number
  FROM desk_audit
  WHERE NOT $secrets AND approval_id IN (SELECT approval_id FROM named WHERE approval_id IS NOT NULL)
)
SELECT
  number,
  done_at,
  recorded_at,
  actor,
  role,
  action,
  object_kind,
  object_id,
  reason,
  approval_id,
  "before",
  "after",
  previous_hash,
  hash
FROM desk_audit
WHERE
  ($number IS NULL OR number = $number)
  AND ($person IS NULL OR actor = $person)
  AND ($role IS NULL OR role = $role)
  AND ($action IS NULL OR action = $action)
  AND ($kind IS NULL OR object_kind = $kind)
  AND ($since IS NULL OR (CASE WHEN $wall THEN recorded_at ELSE done_at END) >= $since)
  AND ($until IS NULL OR (CASE WHEN $wall THEN recorded_at ELSE done_at END) < $until)
  AND ($approved IS NULL OR (approval_id IS NOT NULL) = $approved)
  AND ($words IS NULL OR list_bool_and(list_transform($words, lambda word: contains(words, word))))
  AND number NOT IN (SELECT number FROM hidden)
