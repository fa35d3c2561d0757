-- A number that changes when any row changes that the spine and the features are computed from.
SELECT concat_ws('-',
  (SELECT concat_ws(':', count(*), max(ingest_seq)) FROM transactions),
  (SELECT concat_ws(':', count(*), max(ingest_seq)) FROM logins),
  (SELECT concat_ws(':', count(*), max(ingest_seq)) FROM liveness_checks),
  (SELECT concat_ws(':', count(*), max(ingest_seq)) FROM check_media),
  -- Rows of events never change; what is known of the rest may be filled in later.
  (SELECT bit_xor(hash(a)) FROM accounts AS a),
  (SELECT bit_xor(hash(d)) FROM devices AS d),
  (SELECT bit_xor(hash(n)) FROM networks AS n),
  (SELECT bit_xor(hash(m)) FROM signature_matches AS m),
  (SELECT bit_xor(hash(l)) FROM labels AS l)
)
