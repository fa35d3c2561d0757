-- How many closed cases wait for a second look by anybody, and how many of these one person closed.
SELECT count(*)::INTEGER AS waiting, count(*) FILTER (WHERE closed_by = $reviewer)::INTEGER AS own
FROM desk_cases
WHERE status = 'closed' AND second_look
  AND ($region IS NULL OR list_contains(regions, $region)) AND ($channel IS NULL OR channel = $channel)
