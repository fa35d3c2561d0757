-- Checks of other accounts whose media are near-duplicates of those of one check, the nearest first.
WITH pairs AS (
  SELECT other_event_id AS event_id, kind, distance FROM media_matches WHERE event_id = $event_id
  UNION ALL
  SELECT event_id, kind, distance FROM media_matches WHERE other_event_id = $event_id
)
SELECT pairs.kind AS same, pairs.distance, facts.occurred_at, facts.account_id, facts.region, facts.decision, facts.species,
  pairs.event_id, checks.media_path, files.path AS file_path
FROM pairs
LEFT JOIN check_facts AS facts USING (event_id)
LEFT JOIN liveness_checks AS checks USING (event_id)
LEFT JOIN files ON files.file_id = checks.file_id
ORDER BY pairs.distance, facts.occurred_at, pairs.event_id, same
