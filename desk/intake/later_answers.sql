-- What arrived since the last intake about alerts of cases that are being worked on, the desk's own words left out.
SELECT
  labels.label_id, labels.event_id, labels.account_id, labels.typology, labels.source,
  CASE labels.outcome WHEN 'legitimate' THEN 'false_positive' ELSE labels.outcome END AS outcome,
  coalesce(labels.known_at, $watermark) AS known_at,
  desk_cases.case_id
FROM labels
JOIN desk_alerts ON desk_alerts.event_id = labels.event_id
JOIN desk_cases AS held ON held.case_id = desk_alerts.case_id
JOIN desk_cases ON desk_cases.case_id = coalesce(held.merged_into, held.case_id)
WHERE labels.ingest_seq > $labels_seq
  AND (labels.known_at IS NULL OR labels.known_at <= $watermark)
  AND labels.label_id NOT LIKE 'disposition-%'
  AND desk_cases.status IN ('open', 'paused')
QUALIFY row_number() OVER (PARTITION BY labels.label_id ORDER BY desk_alerts.number) = 1
ORDER BY known_at, label_id
