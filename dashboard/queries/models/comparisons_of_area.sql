-- Every measure of the challengers of $area against the champion, with the paired 95 % interval of the difference.
SELECT
  challengers.trained_as_of,
  challengers.kind,
  comparisons.measure,
  comparisons.champion,
  comparisons.challenger,
  comparisons.difference,
  comparisons.low,
  comparisons.high,
  comparisons.model_version
FROM comparisons
JOIN challengers USING (model_version)
WHERE challengers.area = $area
ORDER BY challengers.trained_as_of DESC, comparisons.measure, challengers.kind
