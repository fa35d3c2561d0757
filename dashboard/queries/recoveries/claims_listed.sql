-- Claims as a person works through them: open ones oldest first, or those that have ended, newest first.
SELECT
  claim_id, account_id, kind AS claim_kind, amount, asset,
  date_diff('minute', claimed_at, coalesce(ended_at, $now)) / 1440.0 AS days,
  status AS claim_status,
  CASE
    WHEN status IN ('claimed', 'checking') AND is_recoverable IS NULL THEN 'check'
    WHEN status = 'checking' THEN 'end'
    WHEN status = 'recoverable' THEN 'challenge'
    WHEN status = 'proving' THEN 'proof'
    WHEN status = 'proved' THEN 'payment'
    WHEN status = 'waiting_approval' THEN 'approval'
  END AS next_step,
  score AS claim_score, region, claimed_at, challenge_until, ended_at, outcome AS claim_outcome
FROM desk_claims
WHERE (
    ($status = 'open' AND ended_at IS NULL)
    OR ($status = 'ended' AND ended_at IS NOT NULL)
    OR ($status = 'false' AND ended_at IS NULL AND score >= $likely)
    OR status = $status
  )
  AND ($kind IS NULL OR kind = $kind)
  AND ($region IS NULL OR region = $region)
  AND ($least_days IS NULL OR (ended_at IS NULL AND claimed_at <= $now - to_hours(24 * $least_days)))
  AND ($most_days IS NULL OR (ended_at IS NULL AND claimed_at > $now - to_hours(24 * $most_days)))
ORDER BY ended_at DESC NULLS FIRST, claimed_at, claim_id
