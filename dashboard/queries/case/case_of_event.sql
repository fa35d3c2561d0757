-- The case that holds an alert of an event; the one it went on in, where it was merged.
SELECT coalesce(found.merged_into, found.case_id) AS case_id
FROM desk_alerts JOIN desk_cases AS found USING (case_id)
WHERE event_id = $event_id
ORDER BY found.opened_at DESC
LIMIT 1
