-- Every case as it stands now: who opened it, when and why, and whether it was withdrawn.
CREATE VIEW case_states AS
SELECT
  opened.number,
  opened.case_id,
  opened.subject_kind,
  opened.subject_id,
  opened.regions,
  opened.severity,
  opened.facts,
  CASE WHEN withdrawn.case_id IS NULL THEN 'open' ELSE 'withdrawn' END AS state,
  opened.reason AS note,
  opened.at AS opened_at,
  opened.recorded_at AS recorded_at,
  opened.actor AS opened_by,
  opened.role AS opened_as,
  withdrawn.at AS withdrawn_at,
  withdrawn.actor AS withdrawn_by,
  withdrawn.role AS withdrawn_as,
  withdrawn.reason AS withdrawn_because
FROM case_events AS opened
LEFT JOIN case_events AS withdrawn ON withdrawn.case_id = opened.case_id AND withdrawn.action = 'withdrawn'
WHERE opened.action = 'opened'
