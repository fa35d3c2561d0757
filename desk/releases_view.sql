-- Money of holds and freezes that was given back: each part of it at its time.
CREATE OR REPLACE VIEW releases AS
SELECT
  stopped.event_id, stopped.account_id, stopped.region, stopped.country, moved.amount,
  moved.done_at AS released_at, stopped.placed_at, stopped.decision, stopped.freeze_id
FROM desk_transfers AS moved
JOIN freezes AS stopped ON stopped.freeze_id = moved.object_id
WHERE moved.object_kind = 'freeze' AND moved.target = 'released'
UNION ALL
SELECT
  event_id, account_id, region, country, amount, ended_at AS released_at, placed_at, decision, freeze_id
FROM freezes
WHERE state = 'released' AND freeze_id IS NULL
