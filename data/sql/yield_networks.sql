-- Removes the enriched networks that a user's file now describes: the file holds.
DELETE FROM networks
WHERE file_id IS NULL AND ip IN (SELECT ip FROM networks WHERE file_id IS NOT NULL)
