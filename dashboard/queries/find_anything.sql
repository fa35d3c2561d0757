-- What a text names exactly: an account, an event, a ring, a case, a freeze, or a device, network address or counterparty.
SELECT 'account' AS kind, account_id AS name, 1 AS rank FROM account_profiles WHERE account_id = $text
UNION ALL
SELECT 'event', event_id, 2 FROM event_accounts WHERE event_id = $text
UNION ALL
SELECT 'ring', ring_id, 3 FROM rings WHERE lower(ring_id) = lower($text)
UNION ALL
SELECT 'case', case_id, 4 FROM desk_cases WHERE lower(case_id) = lower($text)
UNION ALL
SELECT 'freeze', freeze_id, 5 FROM desk_freezes WHERE lower(freeze_id) = lower($text)
UNION ALL
SELECT entity_kind, entity, 6 FROM entity_risk WHERE entity = $text OR entity = lower($text)
ORDER BY rank, kind
LIMIT 1
