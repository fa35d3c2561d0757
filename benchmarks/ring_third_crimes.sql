-- When the third incident and the third event of each true ring happened; null where there was none.
WITH events AS (
  SELECT ring_id, list_sort(list(occurred_at))[3] AS third_event_at
  FROM read_parquet($truth)
  GROUP BY ring_id
),
incidents AS (
  SELECT ring_id, list_sort(list(began_at))[3] AS third_incident_at
  FROM (
    SELECT ring_id, incident_id, min(occurred_at) AS began_at
    FROM read_parquet($truth)
    GROUP BY ring_id, incident_id
  )
  GROUP BY ring_id
)
SELECT ring_id, third_event_at, third_incident_at
FROM events
JOIN incidents USING (ring_id)
ORDER BY ring_id
