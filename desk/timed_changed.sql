-- The cases that were acted on after a step, as they stand: what their clocks are made of.
SELECT case_id, version, channel, kind, severity, opened_at, status, first_look_at, paused_since, paused_until, paused_seconds, closed_at
FROM desk_cases
WHERE case_id IN (SELECT case_id FROM desk_steps WHERE number > $since)
