-- The usual amount of one kind of event for an account before a moment: its median and how many there were.
SELECT median(amount)::DECIMAL(18,6) AS usual, count(*) AS events
FROM scored
WHERE account_id = $account_id AND kind = $kind AND amount IS NOT NULL AND occurred_at < $before
