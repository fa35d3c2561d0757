-- Every identity check that has pictures in files and was never measured, with the file that it was loaded from.
SELECT checks.event_id, checks.media_path, checks.document_path, files.path
FROM liveness_checks AS checks
LEFT JOIN files USING (file_id)
WHERE coalesce(checks.media_path, checks.document_path) IS NOT NULL
  AND checks.event_id NOT IN (SELECT event_id FROM check_media)
ORDER BY checks.event_id
