-- Which channels had how many cases breach between two instants: due then, and not ended before.
SELECT channel, count(*) AS cases
FROM desk_cases
JOIN desk_clocks USING (case_id)
WHERE due_at > $since AND due_at <= $until AND coalesce(closed_at >= due_at, status <> 'paused')
GROUP BY channel
