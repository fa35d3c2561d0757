-- What may be told of the requests of authorities that came in within the window, by class, country and kind of authority?
WITH received AS (
  SELECT
    request_class, coalesce(country, 'unknown') AS country, coalesce(agency_kind, 'unknown') AS agency_kind,
    len(missing) = 0 AND status NOT IN ('received', 'checking', 'doubtful') AS is_valid,
    request_class IN ('information', 'emergency') AS asks_data,
    is_narrowed, outcome, accounts, answered_at, date_diff('minute', received_at, answered_at) / 60 AS hours
  FROM desk_requests
  WHERE asker = 'authority' AND received_at >= $starts AND received_at < $ends
),
-- What is too few to publish is pooled, and while the pool is too small the next smallest joins it.
by_class AS (
  SELECT
    request_class, count(*) AS requests,
    coalesce(
      sum(count(*)) OVER (ORDER BY count(*), request_class ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0
    ) AS fewer
  FROM received
  GROUP BY request_class
),
classed AS (
  SELECT
    r.* EXCLUDE (request_class),
    CASE WHEN c.requests < $fewest OR c.fewer BETWEEN 1 AND $fewest - 1 THEN 'others' ELSE r.request_class END
      AS request_class
  FROM received AS r
  JOIN by_class AS c ON c.request_class = r.request_class
),
by_cell AS (
  SELECT
    request_class, country, agency_kind, count(*) AS requests,
    coalesce(
      sum(count(*)) OVER (
        PARTITION BY request_class
        ORDER BY count(*), country, agency_kind
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      0
    ) AS fewer
  FROM classed
  GROUP BY request_class, country, agency_kind
),
told AS (
  SELECT
    r.* EXCLUDE (country, agency_kind),
    CASE WHEN c.requests < $fewest OR c.fewer BETWEEN 1 AND $fewest - 1 THEN 'others' ELSE r.country END AS country,
    CASE WHEN c.requests < $fewest OR c.fewer BETWEEN 1 AND $fewest - 1 THEN 'others' ELSE r.agency_kind END AS agency_kind
  FROM classed AS r
  JOIN by_cell AS c
    ON c.request_class = r.request_class AND c.country = r.country AND c.agency_kind = r.agency_kind
)
SELECT
  request_class, country, agency_kind,
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
FROM told
GROUP BY request_class, country, agency_kind
ORDER BY request_class = 'others', request_class, country = 'others', received DESC, country, agency_kind
