-- Where the money went that was stopped in the window: from its place to who stopped it, to what became of it.
WITH placed AS (
  SELECT
    CASE WHEN $region IS NULL THEN region ELSE coalesce(country, 'not known') END AS place,
    kind, amount, remaining, released, seized, is_wrongful
  FROM desk_freezes
  WHERE placed_at >= $starts AND placed_at < $ends AND ($region IS NULL OR region = $region)
),
ways AS (
  SELECT 1 AS layer, place AS source, kind AS target, amount FROM placed
  UNION ALL
  SELECT 2, kind, 'still', remaining FROM placed
  UNION ALL
  SELECT 2, kind, 'released', released FROM placed
  UNION ALL
  SELECT 2, kind, 'seized', seized FROM placed
  UNION ALL
  SELECT 3, 'released', 'wrongful', released FROM placed WHERE is_wrongful
)
SELECT layer, source, target, sum(ways.amount) AS amount, count(*) FILTER (ways.amount > 0) AS freezes
FROM ways
GROUP BY ALL
HAVING sum(ways.amount) > 0
ORDER BY layer, amount DESC, source, target
