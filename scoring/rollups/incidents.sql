-- Confirmed crimes known by now, one row each: labels that share an incident, or one label alone.
CREATE OR REPLACE TABLE incidents AS
WITH told AS (
  SELECT coalesce(incident_id, label_id) AS incident_id, label_id, typology, account_id, occurred_at, known_at
  FROM labels
  WHERE outcome = 'confirmed' AND (known_at IS NULL OR known_at <= $watermark)
),
confirmed AS (
  SELECT coalesce(incident_id, label_id) AS incident_id, event_id FROM truth WHERE outcome = 'confirmed'
),
of_events AS (
  SELECT
    incident_id,
    count(*) AS events,
    sum(scored.amount) AS amount,
    min(scored.occurred_at) AS occurred_at
  FROM confirmed
  JOIN scored USING (event_id)
  GROUP BY incident_id
),
homes AS (
  SELECT DISTINCT account_id, region, country FROM scored
),
of_labels AS (
  SELECT
    incident_id,
    mode(typology) AS typology,
    count(DISTINCT account_id) AS accounts,
    min(told.occurred_at) AS occurred_at,
    min(known_at) AS known_at
  FROM told
  GROUP BY incident_id
),
places AS (
  -- Accounts count once each; where regions or countries tie, the first by name is taken.
  SELECT
    incident_id,
    first(region ORDER BY in_region DESC, region) AS region,
    first(country ORDER BY in_country DESC, country) AS country
  FROM (
    SELECT
      incident_id,
      region,
      country,
      count(*) OVER (PARTITION BY incident_id, region) AS in_region,
      count(*) OVER (PARTITION BY incident_id, country) AS in_country
    FROM (SELECT DISTINCT incident_id, account_id FROM told)
    JOIN homes USING (account_id)
  )
  GROUP BY incident_id
)
SELECT
  incident_id,
  of_labels.typology,
  of_labels.accounts >= 3 AS is_organised,
  of_labels.accounts,
  coalesce(of_events.events, 0) AS events,
  CAST(coalesce(of_events.amount, 0) AS DECIMAL(38,6)) AS amount,
  coalesce(places.region, 'unknown') AS region,
  places.country,
  least(of_labels.occurred_at, of_events.occurred_at) AS occurred_at,
  of_labels.known_at,
  coalesce(crime_rings.ring_id, incident_id) AS ring_id,
  coalesce(crime_rings.ring_accounts, of_labels.accounts) AS ring_accounts,
  coalesce(crime_rings.tie_kinds, 0) AS tie_kinds
FROM of_labels
LEFT JOIN of_events USING (incident_id)
LEFT JOIN places USING (incident_id)
LEFT JOIN crime_rings USING (incident_id)
ORDER BY occurred_at, incident_id
