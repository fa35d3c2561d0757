-- Where the pictures of one identity check lie, as given in its file.
SELECT media_path, files.path AS file_path
FROM liveness_checks AS checks LEFT JOIN files USING (file_id)
WHERE event_id = $event_id
LIMIT 1
