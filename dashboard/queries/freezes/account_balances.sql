-- What the account has in each place of the ledger, asset by asset, and that all of it adds up to zero.
SELECT asset, available, held, ordered, seized, released, mistaken, recovered,
       available + held + ordered + seized + released + mistaken + recovered AS total, version AS transfers, done_at
FROM desk_transfers
WHERE account_id = $account_id
QUALIFY row_number() OVER (PARTITION BY asset ORDER BY version DESC) = 1
ORDER BY asset
