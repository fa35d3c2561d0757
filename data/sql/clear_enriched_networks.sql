-- Removes the networks that enrichment filled, so that another source can fill them again.
DELETE FROM networks WHERE file_id IS NULL
