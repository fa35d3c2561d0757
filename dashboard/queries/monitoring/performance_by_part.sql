-- Precision and recall of $model in $area by month and part of a $cut, foretold, confirmed and audited.
SELECT * EXCLUDE (model, area, grain, cut)
FROM monitor_performance
WHERE area = $area AND model = $model AND grain = 'month' AND cut = $cut
ORDER BY since DESC, part
