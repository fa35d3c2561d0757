-- How much each bin of liveness scores adds to the drift (PSI) of the window against as many days before it.
WITH shares AS (
  SELECT bin,
    -- Half an event in every bin, so that an empty one does not make the whole infinite.
    coalesce(sum(events) FILTER (day >= $starts), 0) + 0.5 AS now_events,
    coalesce(sum(events) FILTER (day < $starts), 0) + 0.5 AS before_events
  FROM score_bins
  WHERE model = 'liveness' AND day < $ends AND day >= $starts::TIMESTAMP - ($ends::TIMESTAMP - $starts::TIMESTAMP)
    AND ($region IS NULL OR region = $region) AND ($country IS NULL OR $country <> '')
  GROUP BY bin
),
compared AS (
  SELECT bin, now_events, before_events, now_events / sum(now_events) OVER () AS now_share, before_events / sum(before_events) OVER () AS before_share,
    CAST(sum(now_events - 0.5) OVER () AS BIGINT) AS events_now, CAST(sum(before_events - 0.5) OVER () AS BIGINT) AS events_before,
    greatest(1, count(*) OVER () - 1) AS freedom
  FROM shares
)
SELECT $starts::TIMESTAMP AS counted_at, bin, now_share, before_share, events_now, events_before,
  -- What 19 in 20 windows of this size stay under by chance (chi-square after Wilson and Hilferty), at least 0.1.
  greatest(0.1, (1 / events_now + 1 / events_before) * freedom * (1 - 2 / (9 * freedom) + 1.644854 * sqrt(2 / (9 * freedom))) ** 3) AS drift_from,
  $region::VARCHAR AS region, NULL::VARCHAR AS country,
  (now_share - before_share) * ln(now_share / before_share) AS counted
FROM compared
-- Without events on one side there is nothing to compare.
WHERE events_now > 0 AND events_before > 0
ORDER BY bin
