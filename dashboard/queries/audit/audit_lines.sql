-- Which lines of the audit log fit what was chosen?
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
  AND (
    $words IS NULL
    OR list_bool_and(
      list_transform(
        $words,
        -- Who reads tokens for personal data searches what they read.
        lambda word: contains(
          coalesce(
            words,
            lower(concat_ws(' ', object_id, actor, action, reason, approval_id, "before", "after"))
          ),
          word
        )
      )
    )
  )
