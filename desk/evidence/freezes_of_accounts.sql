-- Every freeze of the accounts as it stands.
SELECT *
FROM desk_freezes
WHERE account_id IN (SELECT unnest($accounts::VARCHAR[])) AND (NOT is_secret OR $sees_secret)
ORDER BY opened_at, freeze_id
