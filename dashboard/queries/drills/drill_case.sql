-- What a case is about.
SELECT subject_kind, subject_id FROM desk_steps WHERE case_id = $case_id AND version = 1
