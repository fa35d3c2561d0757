-- What an account moved from the first event of a case until a moment, by what was done with it.
SELECT
  coalesce(sum(amount) FILTER (kind = 'deposit' AND decision IN ('allow', 'step_up')), 0)::DECIMAL(18,6) AS came_in,
  coalesce(sum(amount) FILTER (kind IN ('withdrawal', 'internal_transfer') AND decision IN ('allow', 'step_up')
    AND outcome = 'settled'), 0)::DECIMAL(18,6) AS went_out,
  coalesce(sum(amount) FILTER (decision IN ('hold', 'block', 'freeze')), 0)::DECIMAL(18,6) AS stopped
FROM scored
WHERE account_id = $account_id AND occurred_at >= $since AND occurred_at <= $until AND amount IS NOT NULL
  AND kind <> 'trade'
