-- Events and money by day from the country of the network to that of the other side; both must be known.
CREATE OR REPLACE TABLE corridors AS
SELECT
  CAST(occurred_at AS DATE) AS day,
  region,
  country,
  network_country AS from_country,
  coalesce(counterparty_country, country) AS to_country,
  count(*) AS events,
  count(*) FILTER (decision <> 'allow') AS flagged,
  CAST(coalesce(sum(amount), 0) AS DECIMAL(38,6)) AS amount
FROM scored
WHERE network_country IS NOT NULL AND coalesce(counterparty_country, country) IS NOT NULL
GROUP BY ALL
ORDER BY day, region, country, from_country, to_country
