-- Which countries and kinds of authorities do requests come from, each with how many?
SELECT name, word, count(*) AS requests
FROM (
  SELECT unnest([{'name': 'country', 'word': country}, {'name': 'agency_kind', 'word': agency_kind}], recursive := TRUE)
  FROM desk_requests
  WHERE asker = $asker::VARCHAR
)
WHERE word IS NOT NULL
GROUP BY name, word
ORDER BY name, requests DESC, word
