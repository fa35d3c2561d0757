-- The cases of an account or ring as each stood at a moment, the newest first.
SELECT case_id, kind, severity, status, outcome, typology, opened_at, closed_at, merged_into
FROM desk_steps
WHERE subject_kind = $kind AND subject_id = $subject AND done_at <= $until
QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY version DESC) = 1
ORDER BY opened_at DESC, case_id
