-- Rings by day and region from the first alarm to the day of the watermark: those that stand, their accounts, and what changed.
CREATE OR REPLACE TABLE ring_days AS
WITH days AS (
  SELECT CAST(day AS DATE) AS day
  FROM generate_series(
    (SELECT date_trunc('day', min(alarmed_at)) FROM rings), date_trunc('day', $watermark::TIMESTAMP), INTERVAL 1 DAY
  ) AS series(day)
),
alarmed AS (
  SELECT
    ring_id, coalesce(region, 'unknown') AS region, date_trunc('day', alarmed_at) AS stands_from,
    -- A ring that ended on the day of its alarm stood at the start of no day.
    greatest(coalesce(ended_at, TIMESTAMP 'infinity'), date_trunc('day', alarmed_at)) AS stands_to, broken_at
  FROM rings
  WHERE alarmed_at IS NOT NULL
),
belonging AS (
  -- An account that left and came back has two rows, which do not overlap.
  SELECT
    alarmed.region, greatest(date_trunc('day', since), stands_from) AS belongs_from,
    least(coalesce(until, TIMESTAMP 'infinity'), stands_to) AS belongs_to
  FROM ring_members
  JOIN alarmed USING (ring_id)
),
rebroken AS (
  -- A ring may have been broken before it raised its alarm: it is counted from the alarm on.
  SELECT region, greatest(broken_at, stands_from) AS broken_at FROM alarmed WHERE broken_at IS NOT NULL
),
gaps AS (
  -- A ring whose ties had decayed may come back: between the two it stood on no day.
  SELECT ring_id, as_of AS gone_at, lead(as_of) OVER (PARTITION BY ring_id ORDER BY as_of) AS back_at, change
  FROM ring_history
  WHERE change IN ('found', 'ended', 'merged')
),
away AS (
  SELECT alarmed.region, gaps.gone_at, gaps.back_at
  FROM gaps
  JOIN alarmed USING (ring_id)
  WHERE gaps.change <> 'found' AND gaps.back_at IS NOT NULL AND gaps.gone_at >= alarmed.stands_from
),
changes AS (
  SELECT region, stands_from AS changed_at, 1 AS standing, 0 AS accounts, 1 AS alarmed, 0 AS broken, 0 AS ended FROM alarmed
  UNION ALL
  SELECT region, stands_to, -1, 0, 0, 0, 1 FROM alarmed
  UNION ALL
  SELECT region, belongs_from, 0, 1, 0, 0, 0 FROM belonging WHERE belongs_to > belongs_from
  UNION ALL
  SELECT region, belongs_to, 0, -1, 0, 0, 0 FROM belonging WHERE belongs_to > belongs_from
  UNION ALL
  SELECT region, gone_at, -1, 0, 0, 0, 1 FROM away
  UNION ALL
  SELECT region, back_at, 1, 0, 0, 0, 0 FROM away
  UNION ALL
  SELECT region, broken_at, 0, 0, 0, 1, 0 FROM rebroken
),
by_day AS (
  SELECT
    CAST(changed_at AS DATE) AS day, region, sum(standing) AS standing, sum(accounts) AS accounts, sum(alarmed) AS alarmed,
    sum(broken) AS broken, sum(ended) AS ended
  FROM changes
  -- What never ends, ends never.
  WHERE changed_at < TIMESTAMP 'infinity'
  GROUP BY ALL
),
places AS (SELECT DISTINCT region FROM alarmed)
SELECT
  days.day,
  places.region,
  CAST(sum(coalesce(by_day.standing, 0)) OVER so_far AS INTEGER) AS standing,
  CAST(sum(coalesce(by_day.accounts, 0)) OVER so_far AS INTEGER) AS accounts,
  CAST(coalesce(by_day.alarmed, 0) AS INTEGER) AS alarmed,
  CAST(coalesce(by_day.broken, 0) AS INTEGER) AS broken,
  CAST(coalesce(by_day.ended, 0) AS INTEGER) AS ended
FROM days
CROSS JOIN places
LEFT JOIN by_day ON by_day.day = days.day AND by_day.region = places.region
WINDOW so_far AS (PARTITION BY places.region ORDER BY days.day ROWS UNBOUNDED PRECEDING)
ORDER BY days.day, places.region
