-- Events and money by day, region, country, stream, kind and decision, with alerts that wait for their truth.
CREATE OR REPLACE TABLE daily AS
SELECT
  CAST(occurred_at AS DATE) AS day,
  region,
  country,
  stream,
  kind,
  decision,
  count(*) AS events,
  CAST(coalesce(sum(amount), 0) AS DECIMAL(38,6)) AS amount,
  count(*) FILTER (
    decision IN ('hold', 'block', 'freeze')
    AND occurred_at > $watermark - INTERVAL 7 DAY
    AND event_id NOT IN (SELECT event_id FROM truth)
  ) AS waiting,
  -- A file without statuses lists what happened: leaving those rows out would leave no exposure at all.
  count(*) FILTER (stream = 'transaction' AND coalesce(outcome, 'settled') = 'settled') AS settled
FROM scored
GROUP BY ALL
ORDER BY day, region, country, stream, kind, decision
