-- How many requests of authorities came in by quarter, and how were they answered? Quarters of too few say no more than that.
WITH received AS (
  SELECT
    date_trunc('quarter', received_at)::DATE AS quarter,
    len(missing) = 0 AND status NOT IN ('received', 'checking', 'doubtful') AS is_valid,
    request_class IN ('information', 'emergency') AS asks_data,
    is_narrowed, outcome, accounts, answered_at, date_diff('minute', received_at, answered_at) / 60 AS hours
  FROM desk_requests
  WHERE asker = 'authority'
)
SELECT
  quarter,
  CASE WHEN count(*) >= $fewest THEN count(*) END AS received,
  CASE WHEN count(*) >= $fewest THEN count(*) FILTER (is_valid) END AS valid,
  CASE WHEN count(*) >= $fewest THEN count(*) FILTER (is_narrowed) END AS narrowed,
  CASE WHEN count(*) >= $fewest THEN count(*) FILTER (outcome = 'refused') END AS refused,
  CASE WHEN count(*) >= $fewest THEN sum(accounts) END AS accounts,
  CASE
    WHEN count(*) >= $fewest
    THEN count(*) FILTER (outcome IN ('data_given', 'partly_given')) / nullif(count(answered_at) FILTER (asks_data), 0)
  END AS share_with_data,
  CASE WHEN count(*) >= $fewest THEN median(hours) END AS median_hours
FROM received
GROUP BY quarter
ORDER BY quarter DESC
