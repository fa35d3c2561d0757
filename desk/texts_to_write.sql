-- What is written about each case that a step or an alert came to after these numbers, in small letters.
CREATE OR REPLACE TEMP TABLE written_texts AS
WITH changed AS (
  SELECT case_id FROM desk_steps WHERE number > $last_step
  UNION
  SELECT case_id FROM desk_alerts WHERE number > $last_alert
),
written AS (
  SELECT case_id, concat_ws(' ', case_id, subject_id) AS text
  FROM desk_cases
  WHERE case_id IN (SELECT case_id FROM changed)
  UNION ALL
  SELECT case_id, concat_ws(' ', account_id, event_id, ring_id, sentence)
  FROM desk_alerts
  WHERE case_id IN (SELECT case_id FROM changed)
  UNION ALL
  SELECT case_id, reason
  FROM desk_steps
  WHERE case_id IN (SELECT case_id FROM changed) AND reason <> ''
)
SELECT case_id, lower(string_agg(text, ' ')) AS text
FROM written
GROUP BY case_id
