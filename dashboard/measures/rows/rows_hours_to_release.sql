-- Every wrongful hold or freeze that was released in the window, with the hours it lasted, the longest first.
SELECT freezes.ended_at AS counted_at, placed_at, freezes.account_id, freezes.amount::DOUBLE AS amount, freezes.decision, freezes.region, freezes.country, event_id,
  date_diff('minute', placed_at, ended_at) / 60 AS counted
FROM freezes JOIN flagged_events USING (event_id)
WHERE state = 'released' AND truth IN ('false_positive', 'legitimate') AND ended_at >= $starts AND ended_at < $ends
  AND ($region IS NULL OR freezes.region = $region) AND ($country IS NULL OR freezes.country = $country)
ORDER BY counted DESC, event_id
