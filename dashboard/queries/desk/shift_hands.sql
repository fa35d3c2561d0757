-- In whose hands the open cases of a channel are: who has them open now, else the only one they are offered to.
SELECT CASE WHEN lease_until > $wall THEN holder ELSE assignee END AS who, count(*)::INTEGER AS cases
FROM desk_cases
WHERE channel = $channel AND status IN ('open', 'paused')
GROUP BY who
HAVING who IS NOT NULL
ORDER BY cases DESC, who
