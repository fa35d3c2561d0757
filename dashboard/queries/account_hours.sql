-- At which hours of the day (UTC) an account acts: the share of its events before its last 30 days, and in them.
WITH own AS MATERIALIZED (
  SELECT hour(occurred_at) AS hour, occurred_at >= $since AS is_now FROM scored WHERE account_id = $account_id AND occurred_at < $until
)
SELECT hours.hour::INTEGER AS hour,
       count(own.hour) FILTER (NOT own.is_now) / nullif((SELECT count(*) FROM own WHERE NOT is_now), 0) AS share_before,
       count(own.hour) FILTER (own.is_now) / nullif((SELECT count(*) FROM own WHERE is_now), 0) AS share_now
FROM range(24) AS hours(hour) LEFT JOIN own ON own.hour = hours.hour
GROUP BY hours.hour
ORDER BY hours.hour
