-- The challengers of $area with what the rule of promotion says of each, the newest first.
SELECT
  challengers.model_version,
  challengers.kind,
  challengers.parent,
  challengers.trained_as_of,
  challengers.trained_rows,
  challengers.cases AS known_cases,
  verdicts.verdict,
  verdicts.is_worse,
  verdicts.sentence,
  verdicts.since,
  verdicts.matured_until,
  verdicts.events,
  verdicts.cases,
  verdicts.accounts,
  verdicts.alerts,
  verdicts.slope,
  verdicts.champion_slope
FROM challengers
LEFT JOIN verdicts USING (model_version)
WHERE challengers.area = $area
ORDER BY challengers.trained_as_of DESC, challengers.kind
