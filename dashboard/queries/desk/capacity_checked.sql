-- Week by week, what the simulation says of today's thresholds and staff beside what happened in a channel.
SELECT week, measure, foretold, low, high, happened
FROM capacity_check
WHERE channel = $channel
ORDER BY measure, week
