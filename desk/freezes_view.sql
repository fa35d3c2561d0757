-- Money that was stopped by policy or by people here: of the ledger, and what policy stopped that it has not yet.
CREATE OR REPLACE VIEW freezes AS
SELECT
  frozen.event_id, frozen.account_id, frozen.region, frozen.country, frozen.amount, frozen.placed_at,
  CASE
    WHEN frozen.kind = 'internal' THEN 'freeze'
    WHEN event.decision IN ('hold', 'freeze') THEN event.decision
    ELSE 'hold'
  END AS decision,
  CASE
    WHEN frozen.status = 'released' THEN 'released'
    WHEN frozen.status = 'seized' OR event.truth = 'confirmed' THEN 'confirmed'
    ELSE 'held'
  END AS state,
  CASE WHEN frozen.status = 'released' THEN frozen.ended_at END AS ended_at,
  frozen.freeze_id,
  CASE
    WHEN event.truth IN ('false_positive', 'legitimate', 'confirmed') THEN event.truth <> 'confirmed'
    ELSE frozen.is_wrongful
  END AS is_wrongful,
  CASE
    WHEN event.truth IN ('false_positive', 'legitimate', 'confirmed') THEN event.truth_known_at
    WHEN frozen.is_wrongful IS NOT NULL THEN frozen.ended_at
  END AS judged_at
FROM desk_freezes AS frozen
LEFT JOIN flagged_events AS event USING (event_id)
-- Orders of authorities are counted apart; what was only asked for stopped nothing.
WHERE frozen.kind <> 'order' AND frozen.placed_at IS NOT NULL
UNION ALL
SELECT
  event_id, account_id, region, country, amount, placed_at, decision, state, ended_at,
  NULL AS freeze_id,
  CASE WHEN truth IN ('false_positive', 'legitimate', 'confirmed') THEN truth <> 'confirmed' END AS is_wrongful,
  truth_known_at AS judged_at
FROM policy_stops
WHERE NOT EXISTS (
  SELECT 1
  FROM desk_freezes AS frozen
  WHERE frozen.event_id = policy_stops.event_id AND frozen.kind <> 'order'
)
