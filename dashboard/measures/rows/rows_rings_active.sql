-- Every ring that had raised an alarm and stood on any day of the window, by one of those days, drawn by its name.
WITH stood AS (
  SELECT ring_id, region, country, pattern, state, alarmed_at, ended_at, score, moved::DOUBLE AS moved, greatest(alarmed_at, $starts) AS stands_from,
    least(coalesce(ended_at, $ends), $ends) AS stands_to
  FROM rings
  WHERE alarmed_at < $ends AND (ended_at IS NULL OR ended_at > $starts)
    AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
)
SELECT
  -- On one of its days, so that the rings that stood from the start do not all fall into the first week.
  stands_from + to_days(CAST(md5_number_lower(ring_id) % greatest(1, date_diff('day', stands_from, stands_to)) AS INTEGER)) AS counted_at,
  ring_id, pattern, state, alarmed_at, ended_at, score, moved, region, country, 1 AS counted
FROM stood
ORDER BY alarmed_at DESC, ring_id
