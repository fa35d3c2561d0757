-- Every live case with the instants at which its clock changes how it stands.
INSERT INTO desk_standing BY NAME
WITH limits AS (
  SELECT at_risk_used, due_soon_left, due_soon_minutes FROM desk_thresholds
), live AS (
  SELECT
    cases.case_id, coalesce(named.channel, 'unknown') AS channel, clocks.counts, clocks.due_at,
    cases.paused_since, cases.paused_until,
    -- Where the clock of a paused case stands, the pause being in its due time as far as it is known.
    greatest(cases.paused_since, cases.paused_until) AS stood_at,
    ceil(greatest(
      due_soon_left * (clocks.minutes * 60000000),
      least(due_soon_minutes * 60000000, 0.5::DOUBLE * (clocks.minutes * 60000000))
    ))::BIGINT - 1 AS soon,
    floor((1 - at_risk_used) * (clocks.minutes * 60000000))::BIGINT AS risk
  FROM desk_cases AS cases
  JOIN desk_clocks AS clocks USING (case_id)
  CROSS JOIN limits
  LEFT JOIN desk_channels AS named ON named.channel = cases.channel
  WHERE cases.status IN ('open', 'paused')
), working AS (
  SELECT
    live.*,
    ending.counted_before + epoch_us(live.due_at) - epoch_us(ending.since_at) AS target,
    standing.counted_before + epoch_us(least(live.stood_at, standing.until_at)) - epoch_us(standing.since_at) AS stood
  FROM live
  ASOF LEFT JOIN desk_hours AS ending ON ending.channel = live.channel AND live.due_at > ending.since_at
  ASOF LEFT JOIN desk_hours AS standing ON standing.channel = live.channel AND live.stood_at >= standing.since_at
  WHERE live.counts <> 'always'
)
SELECT
  case_id, channel, counts, due_at, paused_since, paused_until,
  make_timestamp(epoch_us(due_at) - risk) AS at_risk_at,
  make_timestamp(epoch_us(due_at) - soon) AS due_soon_at,
  epoch_us(due_at) - epoch_us(stood_at) AS paused_left
FROM live
WHERE counts = 'always'
UNION ALL BY NAME
SELECT
  working.case_id, working.channel, working.counts, working.due_at, working.paused_since, working.paused_until,
  make_timestamp(epoch_us(risking.since_at) + working.target - working.risk - risking.counted_before) AS at_risk_at,
  make_timestamp(epoch_us(nearing.since_at) + working.target - working.soon - nearing.counted_before) AS due_soon_at,
  CASE WHEN working.stood_at IS NOT NULL THEN working.target - coalesce(working.stood, 0) END AS paused_left
FROM working
ASOF LEFT JOIN desk_hours AS risking
  ON risking.channel = working.channel AND working.target - working.risk > risking.counted_before
ASOF LEFT JOIN desk_hours AS nearing
  ON nearing.channel = working.channel AND working.target - working.soon > nearing.counted_before
