-- Every freeze of the account, the newest first.
SELECT freeze_id, kind AS freeze_kind, status AS freeze_status, remaining AS stopped, amount AS asked, released, seized,
       opened_at, coalesce(expires_at, review_by) AS due_at, ended_at, is_wrongful, appeal, asset, case_id, event_id
FROM desk_freezes
WHERE account_id = $account_id
ORDER BY opened_at DESC, freeze_id
