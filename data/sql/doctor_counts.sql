-- How many events and labels are there, and how many files brought no row?
SELECT (SELECT count(*) FROM transactions) AS transactions,
       (SELECT count(*) FROM logins) AS logins,
       (SELECT count(*) FROM liveness_checks) AS liveness_checks,
       (SELECT count(*) FROM labels) AS labels,
       (SELECT count(*) FROM files WHERE rows_read = 0) AS files_without_rows
