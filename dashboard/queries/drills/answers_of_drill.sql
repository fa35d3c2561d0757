-- The cases of a drill that is over, in their order: what was said, what it was, what it earned.
SELECT
  (details::JSON ->> '$.place')::INTEGER AS place, case_id, case_kind, truth, truth_typology, outcome, typology,
  loss::DOUBLE AS loss, seconds, colleague_seconds, points, is_right, is_typology_right, recall, precision,
  reason AS note, recorded_at
FROM desk_drill_steps
WHERE drill_id = $drill_id AND case_id IS NOT NULL
  AND drill_id IN (SELECT drill_id FROM desk_drill_steps WHERE action IN ('finished', 'abandoned'))
ORDER BY version
