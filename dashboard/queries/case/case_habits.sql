-- What was usual for an account before a day, against the days from then until a moment.
WITH own AS MATERIALIZED (
  SELECT occurred_at, kind, outcome, amount, device_id, network_country, counterparty,
         occurred_at >= $since AS is_now, kind IN ('withdrawal', 'internal_transfer') AS is_out
  FROM scored
  WHERE account_id = $account_id AND occurred_at <= $until
),
weeks AS (
  SELECT greatest(date_diff('minute', min(occurred_at), $since::TIMESTAMP) / 10080.0, 1) AS before,
         greatest(date_diff('minute', $since::TIMESTAMP, $until::TIMESTAMP) / 10080.0, 1) AS now
  FROM own
)
SELECT
  count(*) FILTER (NOT is_now) AS events_before,
  count(*) FILTER (is_now) AS events_now,
  (median(amount) FILTER (is_out AND NOT is_now))::DOUBLE AS out_before,
  (median(amount) FILTER (is_out AND is_now))::DOUBLE AS out_now,
  (max(amount) FILTER (NOT is_now))::DOUBLE AS largest_before,
  (max(amount) FILTER (is_now))::DOUBLE AS largest_now,
  (sum(amount) FILTER (NOT is_now))::DOUBLE / any_value(weeks.before) AS amount_a_week_before,
  (sum(amount) FILTER (is_now))::DOUBLE / any_value(weeks.now) AS amount_a_week_now,
  count(*) FILTER (NOT is_now) / any_value(weeks.before) AS events_a_week_before,
  count(*) FILTER (is_now) / any_value(weeks.now) AS events_a_week_now,
  count(DISTINCT device_id) FILTER (NOT is_now) AS devices_before,
  count(DISTINCT device_id) FILTER (is_now) AS devices_now,
  count(DISTINCT network_country) FILTER (NOT is_now) AS countries_before,
  count(DISTINCT network_country) FILTER (is_now) AS countries_now,
  count(DISTINCT counterparty) FILTER (NOT is_now) AS counterparties_before,
  count(DISTINCT counterparty) FILTER (is_now) AS counterparties_now
FROM own CROSS JOIN weeks
