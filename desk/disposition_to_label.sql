-- Dispositions as labels of source desk, but for those that are there already.
INSERT INTO labels BY NAME
SELECT
  said.label_id,
  said.event_id,
  said.account_id,
  said.outcome,
  said.typology,
  said.occurred_at,
  said.known_at,
  'desk' AS source,
  $arrived + row_number() OVER (ORDER BY said.place) AS ingest_seq
FROM said_of_events AS said
ANTI JOIN labels USING (label_id)
