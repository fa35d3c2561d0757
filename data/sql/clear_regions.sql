-- Empties `regions` before it is filled again from the reference files.
DELETE FROM regions
