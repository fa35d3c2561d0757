-- Where does a stream that has events on most days have days without any?
WITH days AS (
    SELECT DISTINCT 'transactions' AS stream, CAST(occurred_at AS DATE) AS day FROM transactions
    UNION ALL
    SELECT DISTINCT 'logins', CAST(occurred_at AS DATE) FROM logins
    UNION ALL
    SELECT DISTINCT 'liveness_checks', CAST(occurred_at AS DATE) FROM liveness_checks
),
steps AS (
    SELECT stream, day, lag(day) OVER (PARTITION BY stream ORDER BY day) AS day_before FROM days
),
streams AS (
    SELECT stream, count(*) AS with_events, max(day) - min(day) + 1 AS span FROM days GROUP BY stream
)
SELECT stream, count(*) AS gaps, max(day - day_before - 1) AS longest,
       arg_max(day_before, day - day_before) AS last_day_before, arg_max(day, day - day_before) AS first_day_after
FROM steps JOIN streams USING (stream)
WHERE day - day_before > 1 AND with_events * 2 > span
GROUP BY stream
ORDER BY stream
