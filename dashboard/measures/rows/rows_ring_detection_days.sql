-- Every ring that raised its first alarm in the window and whose accounts have three confirmed crimes, with the days from the third to the alarm, the longest first.
WITH alarmed AS (
  SELECT ring_id, region, country, pattern, state, alarmed_at
  FROM rings
  WHERE alarmed_at >= $starts AND alarmed_at < $ends
    AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
),
told AS (
  SELECT coalesce(incident_id, label_id) AS incident_id, account_id FROM labels WHERE outcome = 'confirmed'
),
crimes AS (
  SELECT DISTINCT ring_id, incident_id, incidents.occurred_at
  FROM alarmed
  JOIN ring_members USING (ring_id)
  JOIN told USING (account_id)
  JOIN incidents USING (incident_id)
  WHERE incidents.known_at IS NULL OR incidents.known_at < $known_by
),
third AS (
  SELECT ring_id, incident_id, occurred_at AS third_crime_at
  FROM crimes
  QUALIFY row_number() OVER (PARTITION BY ring_id ORDER BY occurred_at, incident_id) = 3
)
SELECT alarmed_at AS counted_at, ring_id, third_crime_at, incident_id, pattern, state, region, country,
  date_diff('second', third_crime_at, alarmed_at) / 86400 AS counted
FROM alarmed JOIN third USING (ring_id)
ORDER BY counted DESC, ring_id
