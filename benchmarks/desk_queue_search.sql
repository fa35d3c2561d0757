-- Which cases, live or all, have two words in what is written about them, looked for in every table as it is?
SELECT *
FROM desk_cases
WHERE ($any_status::BOOLEAN OR status IN ('open', 'paused'))
  AND case_id IN (
    SELECT case_id FROM desk_cases WHERE case_id ILIKE $one OR subject_id ILIKE $one
    UNION ALL
    SELECT case_id FROM desk_alerts
    WHERE sentence ILIKE $one OR account_id ILIKE $one OR event_id ILIKE $one OR ring_id ILIKE $one
    UNION ALL
    SELECT case_id FROM desk_steps WHERE reason ILIKE $one
  )
  AND ($other::VARCHAR IS NULL OR case_id IN (
    SELECT case_id FROM desk_cases WHERE case_id ILIKE $other OR subject_id ILIKE $other
    UNION ALL
    SELECT case_id FROM desk_alerts
    WHERE sentence ILIKE $other OR account_id ILIKE $other OR event_id ILIKE $other OR ring_id ILIKE $other
    UNION ALL
    SELECT case_id FROM desk_steps WHERE reason ILIKE $other
  ))
ORDER BY expected_loss DESC
LIMIT 50
