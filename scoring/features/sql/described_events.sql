-- Every event as numbers: its keys, its amount, and what was known of its device, network and other side at that time.
CREATE OR REPLACE TEMP VIEW described_events AS
SELECT
  spine.event_id,
  spine.event_key,
  spine.stream,
  spine.kind,
  spine.outcome,
  spine.t,
  accounts_of.code AS account,
  devices_of.code AS device,
  ips_of.code AS ip,
  counterparties_of.code AS counterparty,
  assets_of.code AS asset,
  places.to_country AS country,
  spine.t * 1024 + places.to_country AS place,
  CAST(extract(hour FROM spine.occurred_at) // 4 AS TINYINT) AS part_of_day,
  spine.micro,
  CASE WHEN spine.micro > 0 THEN CAST(round(1000 * ln(spine.micro / 1e6)) AS INTEGER) END AS milli_log,
  CASE WHEN spine.micro > 0 THEN CAST(round(1000 * ln(spine.micro / 1e6)) AS BIGINT) ** 2 END AS milli_log_squared,
  -- Limits at which reporting or more checks begin; a tenth below counts as just under.
  spine.micro BETWEEN 900000000 AND 999999999 OR spine.micro BETWEEN 2700000000 AND 2999999999
    OR spine.micro BETWEEN 4500000000 AND 4999999999 OR spine.micro BETWEEN 9000000000 AND 9999999999
    OR spine.micro BETWEEN 45000000000 AND 49999999999 OR spine.micro BETWEEN 90000000000 AND 99999999999
    AS is_just_under_limit,
  spine.micro > 0 AND spine.micro % 100000000 = 0 AS is_round_amount,
  CASE WHEN accounts.opened_at <= spine.occurred_at
    THEN least((spine.t - epoch_us(accounts.opened_at)) / 1e6, 31536000.0) END AS account_age_seconds,
  spine.network_country <> accounts.kyc_country AS is_foreign_network,
  spine.network_kind = 'tor' AS is_tor,
  spine.network_kind = 'vpn' AS is_vpn,
  spine.network_kind = 'datacentre' AS is_datacentre,
  devices.is_emulator AS is_emulated_device,
  devices.is_rooted AS is_rooted_device,
  CASE logins.factor WHEN 'password' THEN 0 WHEN 'sms' THEN 1 WHEN 'totp' THEN 2 WHEN 'passkey' THEN 3 END
    AS factor_strength,
  CASE WHEN counterparties_of.code IS NOT NULL THEN coalesce(bad_counterparties.since < spine.t, FALSE) END
    AS is_listed_counterparty,
  CASE WHEN devices_of.code IS NOT NULL THEN coalesce(bad_devices.since < spine.t, FALSE) END AS is_listed_device,
  CASE WHEN ips_of.code IS NOT NULL THEN coalesce(bad_ips.since < spine.t, FALSE) END AS is_listed_network,
  coalesce(own_ring.ring_score, 0.0) AS ring_score,
  coalesce(own_ring.ring_accounts, 0) AS ring_accounts,
  coalesce(own_ring.ring_known_bad, 0) AS ring_known_bad,
  coalesce(own_ring.ring_strength, 0.0) AS ring_strength,
  coalesce(own_ring.ring_young_share, 0.0) AS ring_young_share,
  coalesce(other_ring.ring_score, 0.0) AS other_ring_score,
  coalesce(own_ring.ring_id = other_ring.ring_id, FALSE) AS is_within_ring
FROM spine
JOIN codes AS accounts_of ON accounts_of.kind = 'account' AND accounts_of.name = spine.account_id
LEFT JOIN codes AS devices_of ON devices_of.kind = 'device' AND devices_of.name = spine.device_id
LEFT JOIN codes AS ips_of ON ips_of.kind = 'ip' AND ips_of.name = spine.ip
LEFT JOIN codes AS counterparties_of
  ON counterparties_of.kind = 'counterparty' AND counterparties_of.name = spine.counterparty
LEFT JOIN codes AS assets_of ON assets_of.kind = 'asset' AND assets_of.name = spine.asset
LEFT JOIN (SELECT DISTINCT alpha2, to_country FROM distances) AS places ON places.alpha2 = spine.network_country
LEFT JOIN accounts ON accounts.account_id = spine.account_id
LEFT JOIN devices ON devices.device_id = spine.device_id
LEFT JOIN logins ON logins.ingest_seq = spine.event_key
LEFT JOIN listings AS bad_counterparties
  ON bad_counterparties.kind = 'counterparty' AND bad_counterparties.code = counterparties_of.code
LEFT JOIN listings AS bad_devices ON bad_devices.kind = 'device' AND bad_devices.code = devices_of.code
-- A snapshot is of the start of a day and knows nothing of that day.
ASOF LEFT JOIN ring_features AS own_ring
  ON own_ring.account_id = spine.account_id AND own_ring.as_of <= spine.occurred_at
ASOF LEFT JOIN ring_features AS other_ring
  ON other_ring.account_id = spine.counterparty AND other_ring.as_of <= spine.occurred_at
LEFT JOIN listings AS bad_ips ON bad_ips.kind = 'ip' AND bad_ips.code = ips_of.code
