-- Every freeze on money of somebody honest whose last part was given back in the window, with the hours it took.
SELECT freeze_id, account_id, kind AS freeze_kind, released, placed_at, ended_at,
       date_diff('minute', placed_at, ended_at) / 60 AS hours, appeal, region, country, event_id
FROM desk_freezes
WHERE is_wrongful AND ended_at >= $starts AND ended_at < $ends AND ($region IS NULL OR region = $region)
ORDER BY hours DESC, freeze_id
