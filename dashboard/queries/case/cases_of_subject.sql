-- The cases of an account or ring, those that need somebody first, then the newest.
SELECT case_id, kind, severity, status, outcome, typology, opened_at, closed_at, merged_into
FROM desk_cases
WHERE subject_kind = $kind AND subject_id = $subject AND opened_at <= $until
ORDER BY status IN ('open', 'paused') DESC, opened_at DESC, case_id
