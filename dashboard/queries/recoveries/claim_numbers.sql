-- Claims of mistaken transfers in numbers: those that ended in the window, and those open now.
SELECT
  count(*) FILTER (is_ended) AS ended,
  count(*) FILTER (is_ended AND outcome = 'recovered') AS recovered,
  coalesce(sum(paid) FILTER (is_ended), 0) AS value_recovered,
  coalesce(sum(amount) FILTER (is_ended), 0) AS value_ended,
  count(*) FILTER (is_ended AND outcome = 'false_claim') AS false_claims,
  coalesce(sum(amount) FILTER (is_ended AND outcome = 'false_claim'), 0) AS value_false,
  median(date_diff('minute', claimed_at, ended_at) / 1440.0) FILTER (is_ended) AS days_to_end,
  count(*) FILTER (ended_at IS NULL) AS still_open,
  coalesce(sum(amount) FILTER (ended_at IS NULL), 0) AS value_open,
  median(date_diff('minute', claimed_at, $now) / 1440.0) FILTER (ended_at IS NULL) AS days_open
FROM (
  SELECT *, coalesce(ended_at >= $starts AND ended_at < $ends AND outcome <> 'withdrawn', false) AS is_ended
  FROM desk_claims
  WHERE $region IS NULL OR region = $region
)
