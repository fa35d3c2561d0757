-- How many rows did this very file bring to this table before, and how many of them were rejected?
SELECT rows_read, rows_rejected
FROM files
WHERE content_hash = $content_hash AND table_name = $table_name
LIMIT 1
