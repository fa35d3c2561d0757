-- The appeals of customers about events that policy stopped, in the order in which they were filed.
SELECT appeal.event_id, appeal.appeal_id, appeal.filed_at, appeal.ended_at, appeal.outcome
FROM appeals AS appeal
SEMI JOIN policy_stops AS stop ON stop.event_id = appeal.event_id
WHERE appeal.filed_at <= $now
ORDER BY appeal.filed_at, appeal.appeal_id
