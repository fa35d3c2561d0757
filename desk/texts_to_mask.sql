-- The texts among told_texts that were not looked at before and name personal data, with its tokens in their place.
CREATE OR REPLACE TEMP TABLE masked_texts AS
WITH fresh AS (
  SELECT DISTINCT text FROM told_texts WHERE hash(text) NOT IN (SELECT hash FROM readers.main.looked_at)
),
words AS (
  SELECT text, unnest(list_distinct(regexp_extract_all(lower(text), '[a-z0-9._+\-]+@[a-z0-9.\-]+\.[a-z][a-z]+|[a-z0-9:][a-z0-9_.:/+\-]*'))) AS word FROM fresh
),
named AS MATERIALIZED (
  SELECT DISTINCT text FROM words JOIN readers.main.known AS known ON known.small = rtrim(word, '.:/-_+')
),
pieces AS (
  SELECT text, unnest(parts) AS piece, generate_subscripts(parts, 1) AS place
  FROM (SELECT text, regexp_extract_all(text, '[A-Za-z0-9._+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z][A-Za-z]+|[A-Za-z0-9:][A-Za-z0-9_.:/+\-]*|[^A-Za-z0-9:]+') AS parts FROM named)
),
matched AS (
  SELECT text, place, piece, known.token, rtrim(piece, '.:/-_+') AS word
  FROM pieces LEFT JOIN readers.main.known AS known ON known.small = lower(rtrim(piece, '.:/-_+'))
)
SELECT text, string_agg(CASE WHEN token IS NULL THEN piece ELSE token || substr(piece, length(word) + 1) END, '' ORDER BY place) AS masked
FROM matched
GROUP BY text
HAVING bool_or(token IS NOT NULL)
