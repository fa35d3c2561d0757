-- What is written about each case that a step or an alert came to after these numbers, and how it is said.
CREATE OR REPLACE TEMP TABLE written_words AS
WITH changed AS (
  SELECT case_id FROM desk_steps WHERE number > $last_step
  UNION
  SELECT case_id FROM desk_alerts WHERE number > $last_alert
),
raised AS (
  SELECT
    case_id,
    arg_max(sentence, coalesce(expected_loss, 0)) AS sentence,
    string_agg(DISTINCT ring_id, ', ' ORDER BY ring_id) AS rings,
    string_agg(concat_ws(' ', account_id, event_id, ring_id, sentence), ' ') AS text
  FROM desk_alerts
  WHERE case_id IN (SELECT case_id FROM changed)
  GROUP BY case_id
),
said AS (
  SELECT case_id, string_agg(reason, ' ') AS text
  FROM desk_steps
  WHERE case_id IN (SELECT case_id FROM changed) AND reason <> ''
  GROUP BY case_id
)
SELECT
  c.case_id, c.status, raised.sentence, raised.rings,
  lower(concat_ws(' ', c.case_id, c.subject_id, raised.text, said.text)) AS text
FROM desk_cases AS c
LEFT JOIN raised ON raised.case_id = c.case_id
LEFT JOIN said ON said.case_id = c.case_id
WHERE c.case_id IN (SELECT case_id FROM changed)
