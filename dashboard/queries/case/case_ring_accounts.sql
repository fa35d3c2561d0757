-- The accounts of a ring on a day, those with the strongest ties first.
SELECT account_id
FROM ring_members
WHERE ring_id = $ring_id AND since <= $until AND (until IS NULL OR until > $until)
GROUP BY account_id
ORDER BY max(strength) DESC NULLS LAST, account_id
