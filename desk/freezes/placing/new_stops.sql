-- The stops of policy that no freeze covers yet, in the order of time, each with what became known of it.
SELECT
  stop.event_id, stop.account_id, coalesce(event.asset, $unit) AS asset, coalesce(stop.region, 'unknown') AS region,
  stop.country, (stop.amount * 1000000)::BIGINT AS amount_micro, stop.placed_at, stop.decision, stop.truth,
  stop.confirmed_at, stop.ended_at, alert.case_id
FROM policy_stops AS stop
LEFT JOIN scored AS event USING (event_id)
LEFT JOIN (SELECT event_id, min_by(case_id, number) AS case_id FROM desk_alerts GROUP BY event_id) AS alert
  USING (event_id)
WHERE stop.amount > 0
  AND NOT EXISTS (
    SELECT 1
    FROM desk_freezes AS frozen
    WHERE frozen.event_id = stop.event_id AND frozen.kind <> 'order'
  )
ORDER BY stop.placed_at, stop.event_id
