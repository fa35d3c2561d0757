-- Finds the addresses on the network that stand in events or networks but have no number yet.
CREATE OR REPLACE TEMP TABLE unseen_addresses AS
SELECT ip
FROM (
  SELECT ip FROM transactions
  UNION SELECT ip FROM logins
  UNION SELECT ip FROM liveness_checks
  UNION SELECT ip FROM networks
) AS seen
WHERE ip IS NOT NULL AND ip NOT IN (SELECT ip FROM ip_numbers)
