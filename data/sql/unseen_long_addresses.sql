-- Which unseen addresses are not of four decimal parts, so that they must be parsed as IPv6?
SELECT ip FROM unseen_addresses WHERE contains(ip, ':')
