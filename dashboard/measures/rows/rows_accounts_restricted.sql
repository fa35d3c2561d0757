-- Every account of which anything was held, blocked or frozen in the window, by the first time, the newest first.
SELECT min(occurred_at) AS counted_at, account_id, count(*) AS alerts, max(score) AS score, sum(amount)::DOUBLE AS amount,
  region, min(country) AS country, 1 AS counted
FROM flagged_events
WHERE decision IN ('hold', 'block', 'freeze') AND occurred_at >= $starts AND occurred_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
GROUP BY account_id, region
ORDER BY counted_at DESC, account_id
