-- The countries by their two letters, with their region.
SELECT alpha2, name, region FROM countries ORDER BY name
