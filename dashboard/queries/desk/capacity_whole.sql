-- Everything that was worked out of a channel: each setting, shift and measure beside today.
SELECT budget, staff, shift, measure, value, low, high, change, change_low, change_high
FROM capacity_answers
WHERE channel = $channel
ORDER BY budget, staff, shift, measure
