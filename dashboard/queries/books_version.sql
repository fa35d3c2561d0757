-- How far the books have grown on which measures of money rest: one number, larger with each entry and each end.
SELECT
  (SELECT coalesce(max(number), 0) FROM desk_transfers)
  + (SELECT coalesce(max(number), 0) FROM desk_freeze_steps WHERE is_wrongful IS NOT NULL OR ended_at IS NOT NULL)
  + (SELECT coalesce(max(number), 0) FROM desk_claim_steps WHERE ended_at IS NOT NULL) AS version
