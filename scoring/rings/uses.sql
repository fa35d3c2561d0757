-- Who used which thing on which day: one row a thing, account and day.
CREATE OR REPLACE TEMP TABLE ring_uses AS
WITH used AS (
  SELECT 0 AS kind, device_id AS artefact, account_id, t FROM spine WHERE device_id IS NOT NULL
  UNION ALL
  -- Behind a carrier, a VPN or a data centre strangers meet, so an address there ties nobody for long.
  SELECT 1, ip, account_id, t FROM spine
  WHERE ip IS NOT NULL AND coalesce(network_kind, '') NOT IN ('mobile', 'vpn', 'tor', 'datacentre', 'education')
  UNION ALL
  SELECT 2, ip || '@' || CAST(t // 86400000000 AS VARCHAR), account_id, t FROM spine
  WHERE network_kind IN ('vpn', 'tor')
  UNION ALL
  SELECT 3, counterparty, account_id, t FROM spine WHERE kind = 'withdrawal' AND counterparty IS NOT NULL
  UNION ALL
  SELECT 4, counterparty, account_id, t FROM spine WHERE kind = 'deposit' AND counterparty IS NOT NULL
),
by_day AS (
  SELECT kind, artefact, account_id, t // 86400000000 AS day, min(t) AS first_t, max(t) AS last_t, count(*) AS uses
  FROM used
  GROUP BY ALL
),
users AS (
  SELECT kind, artefact, account_id, min(first_t) AS first_t
  FROM by_day
  GROUP BY ALL
),
-- A thing that one account used ties nobody, and of a hub the first users past its limit say enough.
tying AS (
  SELECT kind, artefact, account_id
  FROM users
  QUALIFY count(*) OVER (PARTITION BY kind, artefact) > 1
    AND row_number() OVER (PARTITION BY kind, artefact ORDER BY first_t, account_id) <= 1 + $most[kind + 1]
),
-- Things are numbered in the order in which they came, so that a later one changes no number.
numbered AS (
  SELECT kind, artefact, row_number() OVER (ORDER BY min(first_t), kind, artefact) - 1 AS number
  FROM users
  GROUP BY kind, artefact
)
SELECT by_day.kind, numbered.number, by_day.artefact, ring_accounts.code AS account, by_day.day, by_day.first_t,
  by_day.last_t, by_day.uses
FROM by_day
JOIN tying USING (kind, artefact, account_id)
JOIN numbered USING (kind, artefact)
JOIN ring_accounts USING (account_id)
