-- The events that are crime by the world's own truth, as the table that comparisons read.
CREATE OR REPLACE TEMP TABLE truth AS
SELECT event_id, 'confirmed' AS outcome
FROM read_parquet($truth)
