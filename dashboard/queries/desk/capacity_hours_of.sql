-- How many cases wait at each local hour under one setting of a channel?
SELECT hour, mean, median, most
FROM capacity_hours
WHERE channel = $channel AND budget = $budget AND staff = $staff
ORDER BY hour
