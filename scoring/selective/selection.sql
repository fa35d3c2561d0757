-- How often each event counts in a training as of $as_of that its decision keeps from counting once.
CREATE OR REPLACE TEMP TABLE selection AS
WITH decided AS (
  SELECT
    scored.event_id,
    -- An explored event was drawn and really held: a rule may have asked for more.
    CASE WHEN scored.decision <> 'block' THEN policy_acts.probability END AS probability,
    coalesce(truth.outcome IN ('confirmed', 'false_positive', 'legitimate'), false) AS is_judged
  FROM scored
  LEFT JOIN policy_acts USING (event_id)
  LEFT JOIN truth USING (event_id)
  WHERE scored.stream <> 'liveness' AND scored.occurred_at < $as_of
    AND (scored.decision = 'block' OR policy_acts.probability IS NOT NULL)
)
SELECT
  event_id,
  CASE WHEN is_judged THEN CAST(least(round(1 / probability), $most_copies) AS BIGINT) ELSE 0 END AS copies
FROM decided
WHERE NOT (is_judged AND probability IS NULL)
