-- Every freeze whose money was stopped in the window, the largest first, and what became of it.
SELECT placed_at, freeze_id, account_id, kind AS freeze_kind, status AS freeze_status, amount AS asked, remaining AS stopped,
       released, seized, is_wrongful, region, country, ended_at
FROM desk_freezes
WHERE placed_at >= $starts AND placed_at < $ends AND ($region IS NULL OR region = $region)
ORDER BY amount DESC, freeze_id
