-- How much of each species comes in when the model never saw it, as `scoring/unknown_species.py` tested it.
CREATE OR REPLACE TABLE unknown_species AS
SELECT * FROM tested_species
