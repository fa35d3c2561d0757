-- Settled transactions of the two quarters by region.
SELECT region, is_indonesia, moment >= $middle AS is_now, count(*) AS transactions
FROM settled JOIN homes USING (account)
WHERE moment >= $first AND moment < $last
GROUP BY ALL
