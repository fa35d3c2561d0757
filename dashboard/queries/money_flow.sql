-- Where the money went that was stopped or claimed in the window: from each state to the next.
SELECT 'Stopped' AS source, CASE decision WHEN 'freeze' THEN 'Frozen' ELSE 'Held' END AS target, sum(amount)::DOUBLE AS amount
FROM freezes WHERE placed_at >= $starts AND placed_at < $ends GROUP BY ALL
UNION ALL
SELECT CASE decision WHEN 'freeze' THEN 'Frozen' ELSE 'Held' END,
  CASE state WHEN 'released' THEN 'Released' WHEN 'confirmed' THEN 'Confirmed crime' ELSE 'Still stopped' END, sum(amount)::DOUBLE
FROM freezes WHERE placed_at >= $starts AND placed_at < $ends GROUP BY ALL
UNION ALL
SELECT 'Claimed as mistaken',
  CASE outcome WHEN 'recovered' THEN 'Recovered' WHEN 'false_claim' THEN 'False claim' WHEN 'not_recoverable' THEN 'Not recoverable' ELSE 'Claim still open' END,
  sum(amount)::DOUBLE
FROM recoveries WHERE claimed_at >= $starts AND claimed_at < $ends GROUP BY ALL
ORDER BY ALL
