-- How many events of $streams happened from $since to $until, and how many of them are known as crime.
SELECT count(*), count(*) FILTER (truth.outcome = 'confirmed')
FROM spine
LEFT JOIN truth USING (event_id)
WHERE list_contains($streams, stream) AND occurred_at >= $since AND occurred_at < $until
