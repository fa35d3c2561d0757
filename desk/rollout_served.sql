-- Adds a roll-out that two people agreed on to those that scoring serves.
INSERT INTO rollouts BY NAME
SELECT
  $rollout_id AS rollout_id,
  $area AS area,
  $title AS title,
  $starts_at::TIMESTAMP AS starts_at,
  $changes::JSON AS changes,
  $forecast::JSON AS forecast,
  $drafted_by AS drafted_by,
  $approved_by AS approved_by,
  $approved_at::TIMESTAMP AS approved_at
