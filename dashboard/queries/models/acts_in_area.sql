-- How often a rule of verification asked for more in $area from $starts to $ends, or a block was held to be looked at.
SELECT act, count(*) AS events
FROM policy_acts
WHERE area = $area AND occurred_at >= $starts AND occurred_at < $ends
GROUP BY act
ORDER BY events DESC, act
