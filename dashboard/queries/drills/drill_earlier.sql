-- Earlier cases about the same account or ring that had ended by an instant, and how the desk ended them.
WITH this AS (SELECT subject_kind, subject_id, opened_at FROM desk_steps WHERE case_id = $case_id AND version = 1)
SELECT step.opened_at, step.done_at, step.status, step.outcome, step.typology
FROM desk_steps AS step
JOIN this USING (subject_kind, subject_id)
WHERE step.case_id <> $case_id AND step.done_at <= $as_of
QUALIFY row_number() OVER (PARTITION BY step.case_id ORDER BY step.version DESC) = 1
ORDER BY step.opened_at DESC, step.case_id
