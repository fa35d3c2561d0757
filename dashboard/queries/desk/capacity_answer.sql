-- What one setting of a channel comes to, by shift and measure, as it was worked out beforehand.
SELECT shift, measure, value, low, high, change, change_low, change_high
FROM capacity_answers
WHERE channel = $channel AND budget = $budget AND staff = $staff
ORDER BY shift, measure
