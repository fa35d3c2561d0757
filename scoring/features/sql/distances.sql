-- How far apart the middles of two countries are, in kilometres on a sphere; 0 for a country and itself.
CREATE OR REPLACE TEMP TABLE distances AS
WITH numbered AS (
  SELECT alpha2, radians(latitude) AS latitude, radians(longitude) AS longitude,
         CAST(row_number() OVER (ORDER BY alpha2) AS SMALLINT) AS country
  FROM countries
)
SELECT
  here.country AS from_country,
  there.country AS to_country,
  there.alpha2,
  2 * 6371.0 * asin(least(1.0, sqrt(
    pow(sin((there.latitude - here.latitude) / 2), 2)
    + cos(here.latitude) * cos(there.latitude) * pow(sin((there.longitude - here.longitude) / 2), 2)
  ))) AS kilometres
FROM numbered AS here CROSS JOIN numbered AS there
