-- Every freeze that holds money now, the largest first; of one kind where it is named.
SELECT freeze_id, account_id, kind AS freeze_kind, status AS freeze_status, remaining AS stopped, placed_at, expires_at,
       review_by, appeal, region, country, case_id, request_id
FROM desk_freezes
WHERE status IN ('provisional', 'active') AND ($kind IS NULL OR kind = $kind) AND ($region IS NULL OR region = $region)
ORDER BY remaining DESC, freeze_id
