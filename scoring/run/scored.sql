-- Every event with its score and decision: those served before keep theirs, sorted by account and time.
CREATE OR REPLACE TABLE scored AS
WITH decided AS (
  SELECT
    event_key, model, model_version, score, threshold, decision, policy_version, is_in_training,
    is_explained, reason, sentence
  FROM scored
  WHERE model_version IS NOT NULL AND event_key NOT IN (SELECT event_key FROM fresh)
  UNION ALL
  SELECT
    event_key, model, model_version, score, threshold, CAST(decision AS VARCHAR), policy_version, is_in_training,
    told.event_key IS NOT NULL, told.reason, told.sentence
  FROM fresh
  LEFT JOIN told USING (event_key)
)
SELECT
  spine.*,
  coalesce(decided.model, CASE spine.stream WHEN 'liveness' THEN 'liveness' ELSE 'fraud' END) AS model,
  decided.model_version,
  decided.score,
  decided.threshold,
  -- Where there is no model of its kind, nothing stops an event; its score is not known.
  coalesce(decided.decision, 'allow') AS decision,
  decided.policy_version,
  coalesce(decided.is_in_training, false) AS is_in_training,
  coalesce(decided.is_explained, false) AS is_explained,
  decided.reason,
  decided.sentence
FROM spine
LEFT JOIN decided USING (event_key)
ORDER BY spine.account_id, spine.occurred_at, spine.event_id
