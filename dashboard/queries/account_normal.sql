-- What was usual for an account before its last 30 days, against those days.
WITH own AS MATERIALIZED (
  SELECT occurred_at, kind, amount, device_id, network_country, counterparty, occurred_at >= $since AS is_now FROM scored WHERE account_id = $account_id AND occurred_at < $until
),
spans AS (
  SELECT greatest(date_diff('day', min(occurred_at), $since::TIMESTAMP) / 7.0, 1.0) AS weeks_before,
         date_diff('day', $since::TIMESTAMP, $until::TIMESTAMP) / 7.0 AS weeks_now
  FROM own
)
SELECT median(amount) FILTER (NOT is_now AND kind IN ('withdrawal', 'internal_transfer'))::DOUBLE AS out_before,
       median(amount) FILTER (is_now AND kind IN ('withdrawal', 'internal_transfer'))::DOUBLE AS out_now,
       max(amount) FILTER (NOT is_now)::DOUBLE AS largest_before,
       max(amount) FILTER (is_now)::DOUBLE AS largest_now,
       count(*) FILTER (NOT is_now) / any_value(weeks_before) AS events_a_week_before,
       count(*) FILTER (is_now) / any_value(weeks_now) AS events_a_week_now,
       coalesce(sum(amount) FILTER (NOT is_now), 0)::DOUBLE / any_value(weeks_before) AS amount_a_week_before,
       coalesce(sum(amount) FILTER (is_now), 0)::DOUBLE / any_value(weeks_now) AS amount_a_week_now,
       count(DISTINCT device_id) FILTER (NOT is_now) AS devices_before,
       count(DISTINCT device_id) FILTER (is_now) AS devices_now,
       count(DISTINCT network_country) FILTER (NOT is_now) AS countries_before,
       count(DISTINCT network_country) FILTER (is_now) AS countries_now,
       count(DISTINCT counterparty) FILTER (NOT is_now) AS counterparties_before,
       count(DISTINCT counterparty) FILTER (is_now) AS counterparties_now,
       count(*) FILTER (NOT is_now) AS events_before,
       count(*) FILTER (is_now) AS events_now
FROM own, spans
