-- The labels of $area by quarter and source: how many, how late, how sure.
SELECT quarter, model, source, labels, confirmed, false_positives, inconclusive, corrected, delay_days, delay_days_p90, is_random
FROM label_supply
WHERE area = $area
ORDER BY quarter DESC, model, labels DESC
