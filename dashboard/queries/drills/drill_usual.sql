-- What was usual for the customers of a case before the 30 days that end at an instant, against those 30 days.
WITH people AS MATERIALIZED (
  SELECT DISTINCT account_id FROM desk_alerts
  WHERE case_id = $case_id AND raised_at <= $as_of AND account_id IS NOT NULL
),
own AS MATERIALIZED (
  SELECT *, occurred_at > $as_of - INTERVAL 30 DAY AS is_now
  FROM scored
  WHERE account_id IN (SELECT account_id FROM people) AND occurred_at <= $as_of
),
long AS (
  SELECT greatest(epoch($as_of - INTERVAL 30 DAY - min(occurred_at)) / 604800, 1) AS weeks_before FROM own
)
SELECT
  is_now,
  count(*) / CASE WHEN is_now THEN 30 / 7.0 ELSE any_value(weeks_before) END AS events_a_week,
  median(amount::DOUBLE) FILTER (kind IN ('withdrawal', 'internal_transfer')) AS out_median,
  max(amount::DOUBLE) FILTER (kind IN ('withdrawal', 'internal_transfer')) AS out_largest,
  count(DISTINCT device_id) AS devices,
  count(DISTINCT network_country) AS countries,
  count(DISTINCT counterparty) AS counterparties,
  count(*) FILTER (decision <> 'allow') AS flagged
FROM own, long
GROUP BY is_now
ORDER BY is_now
