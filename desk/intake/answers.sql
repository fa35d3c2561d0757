-- What was said of the new alerts' events and accounts by now, by others than an analyst of the earlier desk.
SELECT
  label_id, labels.event_id, labels.account_id, labels.typology, labels.source,
  CASE outcome WHEN 'legitimate' THEN 'false_positive' ELSE outcome END AS outcome,
  coalesce(known_at, $watermark) AS known_at
FROM labels
WHERE (known_at IS NULL OR known_at <= $watermark)
  AND CASE
    WHEN labels.event_id IS NULL THEN labels.account_id IN (SELECT account_id FROM new_alerts)
    ELSE labels.event_id IN (SELECT event_id FROM new_alerts)
  END
  AND NOT (
    source IS NOT DISTINCT FROM 'desk'
    AND labels.event_id IN (SELECT event_id FROM desk_work WHERE ended_at IS NOT NULL)
  )
ORDER BY known_at, label_id
