-- How many events are there?
SELECT count(*) FROM spine
