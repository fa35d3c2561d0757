-- Sets the kind of enriched networks from the strongest undated signature on them: tor, then vpn, then datacentre.
UPDATE networks
SET kind = strongest.kind
FROM (
  -- A dated signature is no fact of the network for all time: scoring looks it up at each event's time.
  SELECT entity AS ip, arg_min(network_kind, list_position(['tor', 'vpn', 'datacentre'], network_kind)) AS kind
  FROM signature_matches
  WHERE entity_kind = 'ip' AND network_kind IS NOT NULL AND listed_at IS NULL
  GROUP BY entity
) AS strongest
WHERE networks.ip = strongest.ip AND networks.file_id IS NULL AND networks.kind IS DISTINCT FROM strongest.kind
