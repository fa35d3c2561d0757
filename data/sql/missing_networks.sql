-- Which addresses on the network have no row in `networks`?
SELECT ip FROM ip_numbers WHERE ip NOT IN (SELECT ip FROM networks) ORDER BY ip
