-- What was known at a model's time, with the species that are known by now, also of checks that were not labelled then.
CREATE OR REPLACE TEMP TABLE truth AS
WITH of_money AS (
  -- A word for crimes with money and sign-ins does not say how a camera was deceived.
  SELECT DISTINCT typology FROM truth_now JOIN spine USING (event_id) WHERE spine.stream <> 'liveness' AND typology IS NOT NULL
)
SELECT
  event_id,
  truth_then.outcome,
  CASE
    WHEN truth_now.outcome = 'confirmed' AND truth_now.typology NOT IN (FROM of_money) THEN truth_now.typology
    WHEN truth_then.outcome = 'confirmed' AND truth_then.typology NOT IN (FROM of_money) THEN truth_then.typology
  END AS typology
FROM truth_then
FULL JOIN truth_now USING (event_id)
