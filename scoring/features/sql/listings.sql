-- Which counterparties, devices and network addresses of the events were listed as known bad, and since when.
CREATE OR REPLACE TEMP TABLE listings AS
SELECT codes.kind, codes.code,
       min(coalesce(epoch_us(signature_matches.listed_at), -9223372036854775808)) AS since
FROM signature_matches
JOIN codes ON codes.kind = signature_matches.entity_kind AND codes.name = signature_matches.entity
-- That a network is Tor, a VPN or a datacentre is a feature of its own, and no crime.
WHERE signature_matches.network_kind IS NULL
GROUP BY codes.kind, codes.code
