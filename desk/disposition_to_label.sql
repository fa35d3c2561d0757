-- A disposition as a label of source desk, unless the label is there already.
INSERT INTO labels BY NAME
SELECT
  $label_id AS label_id,
  $event_id AS event_id,
  $account_id AS account_id,
  $outcome AS outcome,
  $typology AS typology,
  CAST($occurred_at AS TIMESTAMP) AS occurred_at,
  CAST($known_at AS TIMESTAMP) AS known_at,
  'desk' AS source,
  $ingest_seq AS ingest_seq
WHERE NOT EXISTS (SELECT 1 FROM labels WHERE label_id = $label_id)
