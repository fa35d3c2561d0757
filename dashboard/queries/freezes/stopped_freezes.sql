-- Every freeze that holds money now, the largest first; of those that authorities ordered where that is asked.
SELECT freeze_id, account_id, kind AS freeze_kind, status AS freeze_status, remaining AS stopped, ordered, placed_at,
       expires_at, review_by, appeal, region, country, case_id, request_id
FROM desk_freezes
WHERE status IN ('provisional', 'active') AND (NOT $only_ordered OR ordered > 0) AND ($region IS NULL OR region = $region)
ORDER BY CASE WHEN $only_ordered THEN ordered ELSE remaining END DESC, freeze_id
