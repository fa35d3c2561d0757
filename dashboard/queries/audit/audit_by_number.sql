-- The lines of the audit log that have one of these numbers, the newest first.
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
  approval_id
FROM desk_audit
WHERE number IN (SELECT unnest($numbers::BIGINT[]))
ORDER BY number DESC
