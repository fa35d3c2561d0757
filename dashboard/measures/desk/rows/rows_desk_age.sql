-- Every case that was live at the end of the window, with the hours since it was opened; one that was opened again as it then stood.
WITH stood AS (
  SELECT case_id, channel, kind, severity, typology, assignee, regions, opened_at, expected_loss
  FROM main.desk_cases
  WHERE reopened = 0 AND opened_at < $ends AND (closed_at IS NULL OR closed_at >= $ends)
  UNION ALL
  SELECT case_id, channel, kind, severity, typology, assignee, regions, opened_at, expected_loss
  FROM (
    SELECT case_id, version, status, channel, kind, severity, typology, assignee, regions, opened_at, expected_loss
    FROM main.desk_steps
    WHERE done_at < $ends AND case_id IN (SELECT case_id FROM main.desk_cases WHERE reopened > 0)
    QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY version DESC) = 1
  )
  WHERE status IN ('open', 'paused')
)
SELECT $ends - INTERVAL 1 MICROSECOND AS counted_at, case_id, channel, kind, severity, typology, assignee AS analyst, regions,
  opened_at, expected_loss, epoch($ends - opened_at) / 3600 AS counted
FROM stood
