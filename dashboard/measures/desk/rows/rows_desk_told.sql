-- Every case of which others told in the window, for the first time, that it was crime: a customer, a partner, an authority.
SELECT done_at AS counted_at, case_id, channel, kind, severity, typology, NULL::VARCHAR AS analyst, regions, status, reason,
  1 AS counted
FROM (
  FROM main.desk_steps
  WHERE action = 'told' AND details ->> '$.outcome' = 'confirmed' AND done_at < $ends
  QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY version) = 1
)
WHERE done_at >= $starts
