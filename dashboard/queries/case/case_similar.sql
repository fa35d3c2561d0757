-- Cases of the same kind that were disposed of by a moment, the most alike first, and how they ended.
WITH closed AS MATERIALIZED (
  SELECT case_id, subject_id, channel, severity, expected_loss, outcome, typology, closed_at
  FROM desk_cases
  WHERE status = 'closed' AND outcome IS NOT NULL AND kind = $kind AND closed_at <= $until AND case_id <> $case_id
  ORDER BY closed_at DESC
  LIMIT $newest
),
marks AS (
  SELECT alert.case_id, list(DISTINCT event.reason) AS reasons, list(DISTINCT event.kind) AS kinds
  FROM desk_alerts AS alert
  JOIN flagged_events AS event USING (event_id)
  WHERE alert.case_id IN (SELECT case_id FROM closed)
  GROUP BY alert.case_id
),
compared AS (
  SELECT closed.*, coalesce(marks.reasons, []) AS reasons,
         list_intersect(coalesce(marks.reasons, []), $reasons::VARCHAR[]) AS same_reasons,
         len(list_distinct(list_concat(coalesce(marks.reasons, []), $reasons::VARCHAR[]))) AS all_reasons,
         len(list_intersect(coalesce(marks.kinds, []), $kinds::VARCHAR[])) AS same_kinds,
         len(list_distinct(list_concat(coalesce(marks.kinds, []), $kinds::VARCHAR[]))) AS all_kinds,
         abs(log10(greatest(closed.expected_loss::DOUBLE, 1)) - log10(greatest($expected_loss::DOUBLE, 1))) AS apart
  FROM closed LEFT JOIN marks USING (case_id)
)
SELECT case_id, subject_id, severity, expected_loss, outcome, typology, closed_at,
       array_sort(same_reasons) AS same_reasons,
       -- Half for the strongest reasons in common, a quarter for the kinds of events, an eighth each for channel, money.
       0.5 * len(same_reasons) / greatest(all_reasons, 1) + 0.25 * same_kinds / greatest(all_kinds, 1)
         + CASE WHEN channel = $channel THEN 0.125 ELSE 0 END + 0.125 * greatest(0, 1 - apart) AS likeness
FROM compared
WHERE len(same_reasons) > 0
ORDER BY likeness DESC, closed_at DESC, case_id
LIMIT $how_many
