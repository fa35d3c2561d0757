-- Mistaken transfers by kind: claims that ended in the window, those recovered with their value, and false claims.
SELECT
  kind,
  count(*) AS ended,
  count(*) FILTER (outcome = 'recovered') AS recovered,
  count(*) FILTER (outcome = 'false_claim') AS false_claims,
  coalesce(sum(paid) FILTER (outcome = 'recovered'), 0)::DOUBLE AS amount_recovered
FROM desk_claims
WHERE ended_at >= $starts AND ended_at < $ends
GROUP BY kind
ORDER BY kind
