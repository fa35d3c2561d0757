-- Confirmed crimes of the two quarters with their region, ring and ties, known as long after the quarter's end as the newest can be.
WITH crimes AS (
  SELECT crime, mode(region) AS region, bool_or(is_indonesia) AS is_indonesia, min(moment) AS moment, min(known) AS known,
    count(DISTINCT account) AS accounts
  FROM confirmed JOIN homes USING (account)
  GROUP BY crime
)
SELECT crimes.region, is_indonesia, moment >= $middle AS is_now, coalesce(ring_id, crime::VARCHAR) AS ring,
  coalesce(ring_accounts, accounts) >= 3 AND coalesce(tie_kinds, 0) >= 2 AS is_organised
FROM crimes LEFT JOIN rings ON rings.incident_id = crime::VARCHAR
WHERE moment >= $first AND moment < $last
  AND known < CASE WHEN moment >= $middle THEN $last ELSE $middle END + $lag
