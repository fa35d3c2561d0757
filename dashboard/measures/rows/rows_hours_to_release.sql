-- Every wrongful hold or freeze that was released in the window, with the hours it lasted, the longest first.
SELECT ended_at AS counted_at, placed_at, account_id, amount::DOUBLE AS amount, decision, region, country, event_id, freeze_id,
  date_diff('minute', placed_at, ended_at) / 60 AS counted
FROM freezes
WHERE state = 'released' AND is_wrongful AND ended_at >= $starts AND ended_at < $ends
  AND ($region IS NULL OR region = $region) AND ($country IS NULL OR country = $country)
ORDER BY counted DESC, event_id, freeze_id
