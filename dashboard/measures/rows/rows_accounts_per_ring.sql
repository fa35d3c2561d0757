-- Every ring that had raised an alarm and stood on any day of the window, with the accounts that were in it in the window, the largest first.
WITH stood AS (
  SELECT ring_id, region, country, pattern, state, alarmed_at, ended_at, score, moved::DOUBLE AS moved, greatest(alarmed_at, $starts) AS stands_from,
    least(coalesce(ended_at, $ends), $ends) AS stands_to
  FROM rings
  WHERE alarmed_at < $ends AND (ended_at IS NULL OR ended_at > $starts)
    AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
),
sized AS (
  SELECT ring_id, count(DISTINCT account_id) AS accounts
  FROM ring_members JOIN stood USING (ring_id)
  WHERE since < stands_to AND (until IS NULL OR until > stands_from)
  GROUP BY ring_id
)
SELECT
  stands_from + to_days(CAST(md5_number_lower(ring_id) % greatest(1, date_diff('day', stands_from, stands_to)) AS INTEGER)) AS counted_at,
  ring_id, pattern, state, alarmed_at, ended_at, score, region, country, coalesce(accounts, 0) AS counted, 1 AS of_all
FROM stood LEFT JOIN sized USING (ring_id)
ORDER BY counted DESC, ring_id
