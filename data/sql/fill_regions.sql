-- Fills `regions` from the rows of the reference files.
INSERT INTO regions BY NAME
SELECT * FROM reference_rows
