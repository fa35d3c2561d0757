-- How far the desk's books have grown, on which measures of money rest: one number, larger with each entry.
SELECT
  (SELECT coalesce(max(number), 0) FROM desk_transfers)
  + (SELECT coalesce(max(number), 0) FROM desk_freeze_steps)
  + (SELECT coalesce(max(number), 0) FROM desk_claim_steps) AS version
