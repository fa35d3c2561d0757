-- How many events of each day, region and model scored in which of twenty bins of log-odds: what drift is measured on.
CREATE OR REPLACE TABLE score_bins AS
SELECT
  CAST(occurred_at AS DATE) AS day,
  region,
  model,
  -- Bins of half a unit of log-odds, from one in 3,000 to nine in ten.
  CAST(greatest(0, least(19, floor(2 * (ln(greatest(score, 1e-9) / greatest(1 - score, 1e-9)) + 8)))) AS TINYINT) AS bin,
  count(*) AS events
FROM scored
WHERE score IS NOT NULL
GROUP BY ALL
ORDER BY ALL
