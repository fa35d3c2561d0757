-- Fills `countries` from the rows of the reference files.
INSERT INTO countries BY NAME
SELECT * FROM reference_rows
