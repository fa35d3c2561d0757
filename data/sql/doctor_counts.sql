-- How many rows does each table of the contract hold, and when did the last event happen?
SELECT (SELECT count(*) FROM transactions) AS transactions,
       (SELECT count(*) FROM logins) AS logins,
       (SELECT count(*) FROM liveness_checks) AS liveness_checks,
       (SELECT count(*) FROM accounts) AS accounts,
       (SELECT count(*) FROM labels) AS labels,
       (SELECT count(*) FROM files WHERE rows_read = 0) AS files_without_rows
