-- How the clock of every live case stands at a moment, as desk_clocks_at says, from the instants that are kept.
CREATE OR REPLACE MACRO desk_standing_at(moment) AS TABLE
WITH standing AS (
  SELECT
    *, greatest(CAST(moment AS TIMESTAMP), paused_since) AS goes_on_at,
    paused_since IS NOT NULL AND (paused_until IS NULL OR CAST(moment AS TIMESTAMP) < paused_until) AS stands_still
  FROM desk_standing
)
SELECT
  case_id,
  CASE WHEN stands_still THEN make_timestamp(epoch_us(goes_on_at) + paused_left) ELSE due_at END AS due_at,
  CASE
    WHEN stands_still THEN 'paused'
    WHEN due_at <= CAST(moment AS TIMESTAMP) THEN 'breached'
    WHEN due_soon_at <= CAST(moment AS TIMESTAMP) THEN 'due_soon'
    WHEN at_risk_at <= CAST(moment AS TIMESTAMP) THEN 'at_risk'
    WHEN due_at IS NOT NULL THEN 'on_track'
  END AS state
FROM standing
WHERE NOT stands_still OR counts = 'always'
UNION ALL
-- A pause goes on: what was left of it is counted from now on in the hours of its channel.
SELECT case_id, make_timestamp(epoch_us(ending.since_at) + target - ending.counted_before), 'paused'
FROM (
  SELECT
    case_id, standing.channel,
    paused_left + coalesce(present.counted_before + epoch_us(least(goes_on_at, present.until_at)) - epoch_us(present.since_at), 0) AS target
  FROM standing
  ASOF LEFT JOIN desk_hours AS present ON present.channel = standing.channel AND standing.goes_on_at >= present.since_at
  WHERE stands_still AND counts <> 'always'
) AS waiting
ASOF LEFT JOIN desk_hours AS ending ON ending.channel = waiting.channel AND waiting.target > ending.counted_before
