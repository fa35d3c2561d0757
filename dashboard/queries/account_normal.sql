-- What was usual for an account before its last 30 days, against those days.
WITH own AS MATERIALIZED (SELECT * FROM account_profiles WHERE account_id = $account_id AND events > 0)
SELECT out_before::DOUBLE AS out_before, out_now::DOUBLE AS out_now,
       largest_before::DOUBLE AS largest_before, largest_now::DOUBLE AS largest_now,
       events_before / weeks_before AS events_a_week_before, events_now * 7 / 30.0 AS events_a_week_now,
       coalesce(amount_before, 0)::DOUBLE / weeks_before AS amount_a_week_before,
       coalesce(amount_now, 0)::DOUBLE * 7 / 30.0 AS amount_a_week_now,
       devices_before, devices_now, countries_before, countries_now, counterparties_before, counterparties_now,
       events_before, events_now
FROM own
