-- Everything that was done with the case and with those that went on in it, in the order of writing.
SELECT number, case_id, version, done_at, recorded_at, actor, role, action, reason, details, status, severity, level, channel
FROM desk_steps
WHERE case_id IN (SELECT case_id FROM desk_cases WHERE case_id = $object_id OR merged_into = $object_id)
ORDER BY number
