-- Every promotion and roll-back in $area, or everywhere with none, the newest first.
SELECT area, kind, model_version, share_percent, valid_from, proposed_by, approved_by, approval_id, done_at
FROM promotions
WHERE $area IS NULL OR area = $area
ORDER BY valid_from DESC, done_at DESC, promotions.rowid DESC
