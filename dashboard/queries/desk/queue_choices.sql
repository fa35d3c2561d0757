-- Which channels, kinds, typologies and people do cases have, each with how many?
SELECT name, word, count(*) AS cases
FROM (
  SELECT unnest([
    {'name': 'channel', 'word': channel}, {'name': 'kind', 'word': kind}, {'name': 'typology', 'word': typology},
    {'name': 'person', 'word': holder}, {'name': 'person', 'word': assignee}
  ], recursive := TRUE)
  FROM desk_cases
)
WHERE word IS NOT NULL
GROUP BY name, word
ORDER BY name, cases DESC, word
