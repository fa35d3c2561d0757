-- How many transactions are the same as another but for their id?
SELECT coalesce(sum(copies - 1), 0) AS repeats, any_value(example) AS example
FROM (
    SELECT count(*) AS copies, min(event_id) || ' and ' || max(event_id) AS example
    FROM transactions
    GROUP BY account_id, occurred_at, kind, amount, asset, quantity, counterparty, device_id, ip
    HAVING count(*) > 1
) AS groups
