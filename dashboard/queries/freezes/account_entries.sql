-- The account's ledger in double entry: both lines of every transfer, with what each place holds after it.
WITH entries AS (
  SELECT *, 1 AS line, source AS place, -amount AS entry FROM desk_transfers WHERE account_id = $account_id
  UNION ALL
  SELECT *, 2, target, amount FROM desk_transfers WHERE account_id = $account_id
)
SELECT
  done_at, transfer_id, asset, place, entry,
  CASE place
    WHEN 'available' THEN available
    WHEN 'held' THEN held
    WHEN 'ordered' THEN ordered
    WHEN 'seized' THEN seized
    WHEN 'released' THEN released
    WHEN 'mistaken' THEN mistaken
    ELSE recovered
  END AS balance,
  sum(entry) OVER (PARTITION BY asset ORDER BY number, line) AS running_sum,
  object_kind, object_id, actor, role, approval_id, reason
FROM entries
ORDER BY number DESC, line
