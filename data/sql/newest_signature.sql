-- How many signatures are there, and which came last?
SELECT count(*), coalesce(max(ingest_seq), 0) FROM signatures
