-- Kinds of cases of which somebody looked at most that were opened from $since to $until: those that the desk worked.
SELECT kind
FROM desk_cases
WHERE opened_at >= $since AND opened_at < $until AND status <> 'merged'
GROUP BY kind
HAVING avg((first_look_at IS NOT NULL)::INT) > 0.5
ORDER BY kind
