-- Clocks of cases at a moment: when each is due, pauses added, and how many microseconds of its clock are left.
CREATE OR REPLACE MACRO desk_clock_rows(moment, only_live) AS TABLE
WITH asked AS (
  SELECT
    CAST(moment AS TIMESTAMP) AS seen_at, cases.case_id, cases.status, cases.opened_at, cases.first_look_at, cases.closed_at, channels.channel,
    levels.first_minutes, levels.minutes, levels.counts,
    CAST(cases.paused_seconds AS BIGINT) * 1000000 AS paused_before,
    cases.paused_since,
    -- The earlier of the two that is known; without either, a present pause adds nothing yet.
    greatest(cases.paused_since, least(moment, cases.paused_until)) AS paused_to,
    cases.paused_since IS NOT NULL AND least(moment, cases.paused_until) IS NOT NULL AS adds_pause,
    cases.status = 'paused' AND (cases.paused_until IS NULL OR moment < cases.paused_until) AS is_paused
  FROM desk_cases AS cases
  -- A case of a channel that is configured no more is worked, and timed, as one of no known region.
  LEFT JOIN desk_channels AS named ON named.channel = cases.channel
  JOIN desk_channels AS channels ON channels.channel = coalesce(named.channel, 'unknown')
  JOIN desk_levels AS levels
    ON levels.channel = channels.channel AND levels.kind = cases.kind AND levels.severity = cases.severity
  WHERE NOT only_live OR cases.status IN ('open', 'paused')
), always AS (
  SELECT
    case_id, status, first_look_at, closed_at, first_minutes, minutes, counts, is_paused,
    paused_before
      + CASE WHEN adds_pause THEN epoch_us(paused_to) - epoch_us(paused_since) ELSE 0 END AS paused,
    epoch_us(moment) - epoch_us(opened_at) AS passed,
    make_timestamp(epoch_us(opened_at) + first_minutes * 60000000) AS first_due_at,
    make_timestamp(epoch_us(opened_at) + minutes * 60000000 + paused) AS due_at
  FROM asked
  WHERE counts = 'always'
), working AS (
  SELECT
    asked.*,
    coalesce(opening.counted_before
      + epoch_us(least(asked.opened_at, opening.until_at)) - epoch_us(opening.since_at), 0) AS counted_opened,
    coalesce(pausing.counted_before
      + epoch_us(least(asked.paused_since, pausing.until_at)) - epoch_us(pausing.since_at), 0) AS counted_since,
    coalesce(going_on.counted_before
      + epoch_us(least(asked.paused_to, going_on.until_at)) - epoch_us(going_on.since_at), 0) AS counted_to,
    coalesce(present.counted_before
      + epoch_us(least(asked.seen_at, present.until_at)) - epoch_us(present.since_at), 0) AS counted_now
  FROM asked
  ASOF LEFT JOIN desk_hours AS opening
    ON opening.channel = asked.channel AND asked.opened_at >= opening.since_at
  ASOF LEFT JOIN desk_hours AS pausing
    ON pausing.channel = asked.channel AND asked.paused_since >= pausing.since_at
  ASOF LEFT JOIN desk_hours AS going_on
    ON going_on.channel = asked.channel AND asked.paused_to >= going_on.since_at
  ASOF LEFT JOIN desk_hours AS present
    ON present.channel = asked.channel AND asked.seen_at >= present.since_at
  WHERE asked.counts = 'working hours'
), given AS (
  SELECT
    *,
    paused_before + CASE WHEN adds_pause THEN counted_to - counted_since ELSE 0 END AS paused,
    counted_opened + first_minutes * 60000000 AS first_target,
    counted_opened + minutes * 60000000 + paused AS target
  FROM working
)
SELECT
  case_id, status, first_look_at, closed_at, first_due_at, first_minutes, due_at, minutes, counts, is_paused,
  first_minutes * 60000000 - passed AS first_left, minutes * 60000000 + paused - passed AS time_left
FROM always
UNION ALL
SELECT
  given.case_id, given.status, given.first_look_at, given.closed_at,
  make_timestamp(epoch_us(looking.since_at) + given.first_target - looking.counted_before),
  given.first_minutes,
  make_timestamp(epoch_us(ending.since_at) + given.target - ending.counted_before),
  given.minutes, given.counts, given.is_paused,
  given.first_target - given.counted_now, given.target - given.counted_now
FROM given
ASOF LEFT JOIN desk_hours AS looking
  ON looking.channel = given.channel AND given.first_target > looking.counted_before
ASOF LEFT JOIN desk_hours AS ending
  ON ending.channel = given.channel AND given.target > ending.counted_before
