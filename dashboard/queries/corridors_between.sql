-- From which network country to which counterparty or declared country events went, the most flagged first.
SELECT from_country, to_country,
       coalesce(f.name, from_country) AS from_name, f.latitude AS from_latitude, f.longitude AS from_longitude,
       coalesce(t.name, to_country) AS to_name, t.latitude AS to_latitude, t.longitude AS to_longitude,
       sum(corridors.events)::BIGINT AS events, sum(flagged)::BIGINT AS flagged,
       sum(flagged) / sum(corridors.events) AS flagged_share, sum(amount)::DOUBLE AS amount
FROM corridors
LEFT JOIN countries AS f ON f.alpha2 = from_country
LEFT JOIN countries AS t ON t.alpha2 = to_country
WHERE day >= $starts AND day < $ends AND from_country IS NOT NULL AND to_country IS NOT NULL AND from_country <> to_country
  AND ($region IS NULL OR corridors.region = $region) AND ($country IS NULL OR corridors.country = $country)
GROUP BY ALL
HAVING sum(corridors.events) > 0
ORDER BY flagged DESC, events DESC, from_country, to_country
