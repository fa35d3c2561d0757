-- What each dated regional measure did to confirmed incidents, by the cohort model of `scoring/attribution.py`.
CREATE OR REPLACE TABLE attributions AS
SELECT * FROM found_attributions
