-- Who an account is, how risky it is now, and what was usual for it before its last 30 days against those.
WITH own AS MATERIALIZED (SELECT * FROM account_profiles WHERE account_id = $account_id)
SELECT account_id, region, country, opened_at, first_seen, last_seen, events, flagged,
       amount::DOUBLE AS amount, amount_stopped::DOUBLE AS amount_stopped, score, peak_score, peak_event_id,
       sentence, state, customer_type, kyc_country, referrer_id,
       coalesce(events_before, 0) AS events_before, coalesce(events_now, 0) AS events_now,
       out_before::DOUBLE AS out_before, out_now::DOUBLE AS out_now,
       largest_before::DOUBLE AS largest_before, largest_now::DOUBLE AS largest_now,
       events_before / weeks_before AS events_a_week_before, events_now * 7 / 30.0 AS events_a_week_now,
       coalesce(amount_before, 0)::DOUBLE / weeks_before AS amount_a_week_before,
       coalesce(amount_now, 0)::DOUBLE * 7 / 30.0 AS amount_a_week_now,
       devices_before, devices_now, countries_before, countries_now, counterparties_before, counterparties_now,
       -- The share of the events in each hour of the day, null where there are none.
       list_transform(range(24), lambda h: len(list_filter(hours_before, lambda x: x = h)) / nullif(len(hours_before), 0))
         AS hours_before,
       list_transform(range(24), lambda h: len(list_filter(hours_now, lambda x: x = h)) / nullif(len(hours_now), 0))
         AS hours_now
FROM own
