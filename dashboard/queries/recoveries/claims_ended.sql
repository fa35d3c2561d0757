-- Claims that ended in the window, of one outcome or of any, the largest first.
SELECT
  claim_id, account_id, kind AS claim_kind, asset, amount, paid, outcome AS claim_outcome, claimed_at, ended_at,
  date_diff('minute', claimed_at, ended_at) / 1440.0 AS days, region, score, scored_by
FROM desk_claims
WHERE ended_at >= $starts AND ended_at < $ends AND outcome <> 'withdrawn'
  AND ($outcome IS NULL OR outcome = $outcome) AND ($region IS NULL OR region = $region)
ORDER BY amount DESC, claim_id
