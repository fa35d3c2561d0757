-- Sets rows aside with the file, the line and the reason.
INSERT INTO rejects (reject_id, file_id, path, line, table_name, column_name, reason, row)
SELECT (SELECT coalesce(max(reject_id), 0) FROM rejects) + row_number() OVER (ORDER BY line), $file_id, $path, line,
       $table_name, column_name, reason, row
FROM rejected_rows
