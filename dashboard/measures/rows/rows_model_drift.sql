-- How much each bin of fraud scores adds to the drift (PSI) of the window against as many days before it.
WITH shares AS (
  SELECT bin,
    -- Half an event in every bin, so that an empty one does not make the whole infinite.
    sum(events) FILTER (day >= $starts) + 0.5 AS now_events,
    sum(events) FILTER (day < $starts) + 0.5 AS before_events
  FROM score_bins
  WHERE model = 'fraud' AND day < $ends AND day >= $starts::TIMESTAMP - ($ends::TIMESTAMP - $starts::TIMESTAMP)
    AND ($region IS NULL OR region = $region) AND ($country IS NULL OR $country <> '')
  GROUP BY bin
),
compared AS (
  SELECT bin, now_events, before_events, now_events / sum(now_events) OVER () AS now_share, before_events / sum(before_events) OVER () AS before_share
  FROM shares
  WHERE now_events IS NOT NULL AND before_events IS NOT NULL
)
SELECT $starts::TIMESTAMP AS counted_at, bin, now_share, before_share, $region::VARCHAR AS region, NULL::VARCHAR AS country,
  (now_share - before_share) * ln(now_share / before_share) AS counted
FROM compared
ORDER BY bin
