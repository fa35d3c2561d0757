-- How many cases of crime of $streams are known before $until, of how many accounts, how late, and when most had happened.
SELECT
  count(*) AS cases,
  count(DISTINCT spine.account_id) AS accounts,
  coalesce(bool_and(is_of_account AND truth.known_at IS NULL), false) AS is_account_truth,
  -- A label may be older than the event where it is said of an account; it was then no delay at all.
  coalesce(quantile_cont(greatest(epoch(truth.known_at) - epoch(spine.occurred_at), 0), $delay_share), 0) AS delay_seconds,
  quantile_disc(spine.occurred_at, $cut_share) AS cut
FROM truth
JOIN spine USING (event_id)
WHERE truth.outcome = 'confirmed' AND list_contains($streams, stream) AND spine.occurred_at < $until
