-- What did the nightly proofs of the ledger find, the newest first?
SELECT
  day,
  recorded_at AS proved_at,
  CASE WHEN is_whole THEN 'whole' ELSE 'broken' END AS state,
  transfers,
  accounts,
  freezes,
  entries_sum,
  held + ordered AS frozen,
  hash
FROM desk_proofs
ORDER BY number DESC
