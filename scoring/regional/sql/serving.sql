-- The newest promotion of $area: the model, its share of the accounts and since when.
SELECT area, model_version, share_percent, valid_from
FROM promotions
WHERE area = $area
ORDER BY valid_from DESC, done_at DESC, promotions.rowid DESC
LIMIT 1
