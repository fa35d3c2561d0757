-- Every setting of a channel that was worked out beforehand, all shifts together, one row a setting.
SELECT
  budget, staff,
  max(value) FILTER (measure = 'chance') AS chance,
  max(low) FILTER (measure = 'chance') AS chance_low,
  max(high) FILTER (measure = 'chance') AS chance_high,
  max(value) FILTER (measure = 'breaches') AS breaches,
  max(low) FILTER (measure = 'breaches') AS breaches_low,
  max(high) FILTER (measure = 'breaches') AS breaches_high,
  max(value) FILTER (measure = 'missed') AS missed,
  max(value) FILTER (measure = 'wrongful') AS wrongful
FROM capacity_answers
WHERE channel = $channel AND shift = 'all'
GROUP BY budget, staff
ORDER BY budget, staff
